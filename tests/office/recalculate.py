"""Recalculates one workbook for many cases in LibreOffice, through UNO; runs under the system's Python.

    python3 recalculate.py PLAN

PLAN is a JSON file: ``pipe``, the name of the office's pipe; ``file``; ``inputs`` and ``outputs``, lists of
``[sheet, row, column]`` from 0; ``cases``, for each a list of the inputs' values, null for blank; ``result``,
the JSON file to write: for each case the list of the outputs' values.
"""

import json
import sys
from pathlib import Path

import uno  # type: ignore[import-not-found]
from bridge import connect  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from runs import runs  # type: ignore[import-not-found]


def main(plan: dict) -> None:
    desktop = connect(f"pipe,name={plan['pipe']}").ServiceManager.createInstance("com.sun.star.frame.Desktop")
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(plan["file"]), "_blank", 0, (hidden,))
    document.enableAutomaticCalculation(False)
    sheets = {name: document.Sheets.getByName(name) for name in document.Sheets.ElementNames}
    areas = {}
    for sheet, row, column in plan["outputs"]:
        last_row, last_column = areas.get(sheet, (0, 0))
        areas[sheet] = max(row, last_row), max(column, last_column)
    written: dict = {}
    results = []
    blocks = runs(plan["inputs"])
    for values in plan["cases"]:
        for number, (sheet, column, row, indexes) in enumerate(blocks):
            new = tuple(("" if values[index] is None else values[index],) for index in indexes)
            if written.get(number) != new:
                target = sheets[sheet].getCellRangeByPosition(column, row, column, row + len(new) - 1)
                target.setDataArray(new)
                written[number] = new
        document.calculateAll()
        shown = {
            sheet: sheets[sheet].getCellRangeByPosition(0, 0, column, row).getDataArray()
            for sheet, (row, column) in areas.items()
        }
        results.append([shown[sheet][row][column] for sheet, row, column in plan["outputs"]])
    Path(plan["result"]).write_text(json.dumps(results, ensure_ascii=False), encoding="utf-8")
    document.close(True)
    desktop.terminate()


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
