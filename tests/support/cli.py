"""The command line as tests call it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from workbook.cli.commands import cli


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def run_json(*arguments: str | Path, status: int = 0) -> dict:
    result = run(*arguments, "--json")
    assert result.exit_code == status, result.output
    return json.loads(result.stdout)
