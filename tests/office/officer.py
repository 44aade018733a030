"""Drives LibreOffice through UNO; runs under the system's Python, which knows ``uno`` and nothing of ours."""

import json
import sys
import time
from pathlib import Path

import uno  # type: ignore[import-not-found]
from bridge import connect  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

GO = "前往"
SCRATCH = "scratch"


def prop(name: str, value: object) -> object:
    one = PropertyValue()
    one.Name, one.Value = name, value
    return one


class Officer:
    def __init__(self, plan: dict) -> None:
        self.plan = plan
        context = connect(f"socket,host=localhost,port={plan['port']}")
        manager = context.ServiceManager
        self.desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        start = time.perf_counter()
        self.document = self.desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(plan["blank"]), "_blank", 0, ()
        )
        self.document.calculateAll()
        print(f"打开并重算 {time.perf_counter() - start:.1f} 秒")
        self.controller = self.document.CurrentController
        self.document.Sheets.insertNewByName(SCRATCH, self.document.Sheets.Count)
        self.scratch = self.document.Sheets.getByName(SCRATCH).getCellRangeByName("A1")

    def cell(self, address: str) -> object:
        sheet, _, ref = address.rpartition("!")
        return self.document.Sheets.getByName(sheet).getCellRangeByName(ref)

    def says(self, key: str) -> str:
        return self.cell(self.plan["cells"][key]).String

    def active(self) -> str:
        """The cell that is selected now."""
        selected = self.document.CurrentSelection.AbsoluteName  # $数据填报.$D$4
        return selected.replace("$", "").replace("'", "").replace(".", "!", 1).split(":")[0]

    def follow(self, address: str) -> str:
        """Open a link as a click does, and say which cell that leads to."""
        url = "#" + self.target(address)
        sheet, _, ref = address.rpartition("!")
        # the cursor, not a selection, which would stay
        self.dispatch(".uno:GoToCell", ToPoint=f"'{sheet}'.{ref}")
        self.dispatch(".uno:Open", URL=url, Referer="private:user")
        return self.active()

    def dispatch(self, command: str, **arguments: object) -> None:
        parts = tuple(prop(name, value) for name, value in arguments.items())
        self.dispatcher.executeDispatch(self.controller.Frame, command, "", 0, parts)

    def target(self, address: str) -> str:
        """The address inside a HYPERLINK formula, worked out by LibreOffice in a scratch cell."""
        formula = self.cell(address).Formula
        start = formula.index("INDEX(")
        inner = formula[start : formula.index(")", start) + 1]
        self.scratch.Formula = "=" + inner
        return self.scratch.String

    def type_in(self, address: str) -> None:
        value = self.plan["values"].pop(address)
        if isinstance(value, str):
            self.cell(address).String = value
        else:
            self.cell(address).Value = value

    def work(self) -> None:
        print(f"空表：可报送 {self.says('ready')}，总分 {self.says('total')}，待填 {self.says('count:open')}")
        steps = links = 0
        while self.plan["values"]:
            todo = [(self.cell(text).String, link) for text, link in self.plan["todo"]]
            open_ones = [(text, link) for text, link in todo if text not in {"", self.plan["nothing"]}]
            if not open_ones:
                break
            text, link = open_ones[0]
            assert self.cell(link).String == GO, (text, self.cell(link).String)
            place = self.follow(link)
            links += 1
            if place not in self.plan["values"]:
                place = self.plan["instead"].get(place, place)
            assert place in self.plan["values"], f"“{text}”引到 {place}，那里没有要填的"
            before = int(self.says("count:open"))
            self.type_in(place)
            steps += 1
            if steps in {1, 5, 20, 40}:
                print(f"第 {steps} 步 {text} → {place}")
                print(f"  待填 {before} → {self.says('count:open')}，总分 {self.says('total')}")
        print(f"按清单填 {steps} 项，点 {links} 个链接，都引到要填的单元格")
        print(f"其余 {len(self.plan['values'])} 项为选填")
        print(f"此时：可报送 {self.says('ready')}，总分 {self.says('total')}，等级 {self.says('grade')}")
        for address in list(self.plan["values"]):
            self.type_in(address)
        print(f"填完：可报送 {self.says('ready')}，总分 {self.says('total')}，等级 {self.says('grade')}")
        assert self.says("ready") == "是"
        self.document.Sheets.removeByName(SCRATCH)
        self.document.storeToURL(
            uno.systemPathToFileUrl(self.plan["filled"]), (prop("FilterName", "Calc MS Excel 2007 XML"),)
        )
        self.document.close(True)


Officer(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))).work()
