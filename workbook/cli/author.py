"""Commands for who writes a rubric. Heavy modules load inside the commands."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from workbook.cli.group import cli, example_text, json_option
from workbook.cli.sources import sources


@cli.command(epilog=example_text("workbook init -o my-district-2025.yaml --title 部门整体支出绩效评分标准"))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE",
    help="The .yaml file to write.",
)  # fmt: skip
@click.option("--id", "rubric_id", help="The rubric's id; by default the name of the file.")
@click.option("--title", help="The rubric's title.")
@click.option("--year", type=click.IntRange(1990, 2200), help="Its fiscal year; by default this year.")
@click.option("--force", is_flag=True, help="Overwrite a file that is already there.")
@json_option
def init(
    output: Path, rubric_id: str | None, title: str | None, year: int | None, force: bool, as_json: bool
) -> None:
    """Write a first spec to start from, with comments and one example of each usual part."""
    from workbook.author.skeleton import skeleton, usable_id
    from workbook.cli import show
    from workbook.files import write_atomically

    if output.suffix.lower() not in {".yaml", ".yml"}:
        raise click.UsageError("规格文件的名称应以 .yaml 结尾")
    year = year or datetime.now(UTC).astimezone().year
    if rubric_id is None:
        rubric_id = output.stem if usable_id(output.stem) else f"my-rubric-{year}"
    write_atomically(output, skeleton(rubric_id, year, title).encode(), force=force, sources=sources())
    if as_json:
        show.print_json({"rubric": rubric_id, "files": [str(output)]})
        return
    click.echo(f"已写入 {output}")
    click.echo(f"照注释改写，然后检查：workbook check {output}")


@cli.command(epilog=example_text("workbook schema -o rubric.schema.json"))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
    help="The file to write; by default the schema is printed.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Overwrite a file that is already there.")
@json_option
def schema(output: Path | None, force: bool, as_json: bool) -> None:
    """Give the JSON Schema of spec files, for editors that check YAML while it is written."""
    import json

    from workbook.author.schema import spec_schema
    from workbook.cli import show
    from workbook.files import write_atomically

    made = spec_schema()
    if output is None:
        show.print_json(made)
        return
    text = f"{json.dumps(made, ensure_ascii=False, indent=1)}\n"
    write_atomically(output, text.encode(), force=force, sources=sources())
    if as_json:
        show.print_json({"files": [str(output)]})
    else:
        click.echo(f"已写入 {output}")


@cli.command(epilog=example_text("workbook preview my-district-2025.yaml -o 预览"))
@click.argument("spec")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("output"), metavar="DIR",
    help="Folder to write; ./output by default. An earlier preview of the rubric is replaced.",
)  # fmt: skip
@json_option
def preview(spec: str, output: Path, as_json: bool) -> None:
    """Check a spec and write its blank workbook, with LibreOffice also as PDF and pictures of the pages."""
    from workbook.as_json import finding_result
    from workbook.author.preview import write_preview
    from workbook.check.run import check_spec
    from workbook.cli import show
    from workbook.findings import Refused, has_errors
    from workbook.load.rubric import find_spec, load_rubric

    path = find_spec(spec)
    findings = check_spec(path)
    if has_errors(findings):
        raise Refused(findings)
    written = write_preview(load_rubric(path), output, sources=sources(rubrics=[path]))
    findings += written.findings
    if as_json:
        show.print_json({
            "rubric": written.rubric,
            "workbook": str(written.workbook),
            "pdf": None if written.pdf is None else str(written.pdf),
            "pictures": [str(picture) for picture in written.pictures],
            "findings": [finding_result(finding) for finding in findings],
        })  # fmt: skip
        return
    show.print_findings(findings)
    for file in (written.workbook, *([written.pdf] if written.pdf else []), *written.pictures):
        click.echo(f"已写入 {file}")


@cli.command(epilog=example_text("workbook diff RUBRIC my-district-2025.yaml -o 对照.xlsx"))
@click.argument("first", metavar="RUBRIC")
@click.argument("second", metavar="RUBRIC")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE.xlsx", help="Write the table here."
)
@click.option("--force", is_flag=True, help="Overwrite a file that is already there.")
@json_option
def diff(first: str, second: str, output: Path | None, force: bool, as_json: bool) -> None:
    """Compare two rubrics: indicators, points, clauses, rules, rates, fields, checks and tables."""
    from workbook import api
    from workbook.author.difference import difference
    from workbook.author.difference_words import HEADINGS, counted, told
    from workbook.cli import show
    from workbook.files import refuse_overwriting, write_atomically

    read_files = sources(rubrics=[first, second])
    if output is not None:
        read_files.refuse([output])
        if not force:
            refuse_overwriting([output])
    before, after = api.load_rubric(first), api.load_rubric(second)
    changes = difference(before, after)
    if output is not None:
        from workbook.author.difference_book import difference_book

        write_atomically(output, difference_book(changes, before, after), force=force, sources=read_files)
    if as_json:
        show.print_json({
            "a": {"id": before.id, "title": before.title},
            "b": {"id": after.id, "title": after.title},
            "identical": not changes,
            "changes": [change.as_dict() for change in changes],
        })  # fmt: skip
        return
    if changes:
        title = f"甲：{before.title}（{before.id}）\n乙：{after.title}（{after.id}）"
        show.print_table(title, HEADINGS, [row.cells for row in told(changes, before, after)])
    click.echo(counted(changes))
    if output is not None:
        click.echo(f"已写入 {output}")
