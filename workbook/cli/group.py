"""Parts shared by all commands: the group, its options, refusals, progress."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from workbook import __version__
from workbook.load.builtin import builtin_ids

PASS, FAILED, UNUSABLE = 0, 1, 2
_JSON = "workbook.json"


class _Group(click.Group):
    """A group whose refusals are findings in Chinese and exit status 2, never a traceback."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        try:
            return super().make_context(*args, **kwargs)
        except click.UsageError as error:
            raise _in_chinese(error) from error

    def invoke(self, ctx: click.Context) -> Any:
        from workbook.findings import Refused

        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _in_chinese(error) from error
        except Refused as refusal:
            _refuse(refusal.findings, as_json=bool(ctx.meta.get(_JSON)))
        except KeyboardInterrupt:
            click.echo("已中断。", err=True)
            ctx.exit(130)


def _in_chinese(error: click.UsageError) -> click.UsageError:
    """Click's own words on bad arguments, in Chinese; messages of ours stay as they are."""
    name = ""
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = (
            error.param.opts[0]
            if isinstance(error.param, click.Option)
            else str(error.param.human_readable_name)
        )
    match error:
        case click.MissingParameter():
            text = f"缺少参数 {name}。"
        case click.NoSuchOption():
            known = "、".join(error.possibilities or ())
            text = f"没有选项 {error.option_name}。" + (
                f"最接近的是 {known}。" if known else "用 --help 查看可用的选项。"
            )
        case click.BadParameter():
            text = f"参数 {name} 的值不可用。用 --help 查看用法。"
        case click.BadOptionUsage():
            text = f"选项 {error.option_name} 缺少取值。"
        case _ if error.message.startswith("No such command"):
            group = error.ctx.command if error.ctx is not None else cli
            commands = (group if isinstance(group, click.Group) else cli).commands
            text = f"没有这个命令。可用的命令有 {'、'.join(sorted(commands))}。"
        case _ if error.message.startswith("Got unexpected extra argument"):
            text = "参数过多。用 --help 查看用法。"
        case _:
            text = error.message
    return click.UsageError(text, ctx=error.ctx)


def _refuse(findings: Any, *, as_json: bool) -> None:
    from workbook.as_json import finding_result
    from workbook.cli import show

    if as_json:
        show.print_json({"findings": [finding_result(finding) for finding in findings]})
    show.print_findings(findings)
    sys.exit(UNUSABLE)


def example_text(text: str) -> str:
    """The example that ends a command's help; RUBRIC in it becomes a rubric that there is."""
    rubric = next(iter(builtin_ids()), "RUBRIC")
    return f"\b\nExample:\n  {text.replace('RUBRIC', rubric)}"


@click.group(
    cls=_Group,
    epilog=example_text("workbook new RUBRIC -o 自评表.xlsx"),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="workbook")
def cli() -> None:
    """Scored Excel workbooks, an exact scorer and a verifier for budget performance self-evaluations."""


def _remember_json(ctx: click.Context, _: click.Parameter, value: bool) -> bool:
    """Refusals are printed outside the command; they must know whether JSON was asked for."""
    ctx.meta[_JSON] = value
    return value


json_option = click.option(
    "--json", "as_json", is_flag=True, callback=_remember_json, help="Print one JSON document on stdout."
)
data_option = click.option(
    "--data",
    type=click.Path(path_type=Path),
    required=True,
    help="YAML or JSON {field_id: value}, CSV, or a filled workbook.",
)


def with_progress(items: Any, label: str, *, total: int | None = None) -> Any:
    """Show a progress bar on a terminal when there are many items."""
    count = len(items) if total is None else total
    if count < 3 or not sys.stderr.isatty():
        yield from items
        return
    from rich.progress import track

    from workbook.cli.show import console

    yield from track(items, description=label, total=count, console=console(err=True))
