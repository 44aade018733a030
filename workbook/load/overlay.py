"""Overlays: a department's own indicators in the place of open points of a base, as a spec of its own.

An overlay is a spec file with ``base``, a built-in id or a path relative to it. It may name itself, add
fields, sections, rates, checks, tables, sources and scales, and replace open indicators by others with the
same points. All else is the base's.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from workbook.findings import Finding, Refused, nearest
from workbook.load.builtin import builtin_ids, builtin_path
from workbook.load.open_points import listed_indicators, points_of
from workbook.load.yamltext import Document, YamlPath, load_yaml
from workbook.rubric.headings import answer, ids_by_heading, plain_heading
from workbook.rubric.model import Rubric

NAMING = ("id", "title", "issuer", "status", "source")
ADDED_LISTS = ("sections", "rates", "checks", "tables")
ADDED_MAPPINGS = ("fields", "sources", "scales")
_KEYS = ("base", "replaces", *NAMING, *ADDED_LISTS, *ADDED_MAPPINGS)
_WORDING = {"label", "help", "document", "usual_min", "usual_max"}
"""Keys of a base's field that an overlay may change: none that a score depends on."""


def load_document(path: Path) -> Document:
    """A spec file; an overlay together with its base, each part knowing its file. Raises Refused."""
    document = load_yaml(path)
    if not isinstance(document.data, dict) or "base" not in document.data:
        return document
    base = _base(document, document.data["base"])
    return _Merger(document, document.data, base).merged()


def spec_files(path: Path) -> list[Path]:
    """The files that a spec consists of: its own and that of its base. Never raises for what is in them."""
    try:
        document = load_yaml(path)
    except Refused:
        return [path]
    if not isinstance(document.data, dict) or "base" not in document.data:
        return [path]
    return [path, _base_path(document, document.data["base"])]


def _base_path(document: Document, named: Any) -> Path:
    return builtin_path(named) if named in builtin_ids() else document.source.parent / str(named)


def _base(document: Document, named: Any) -> Document:
    path = _base_path(document, named)
    if not isinstance(named, str) or not path.is_file():
        known = nearest(str(named), builtin_ids())
        unknown = document.found("SPEC_BASE_UNKNOWN", document.spot(("base",)), base=named, known=known)
        raise Refused([*document.findings, unknown])
    base = load_yaml(path)
    problem = "" if isinstance(base.data, dict) else "不是键值结构"
    if isinstance(base.data, dict) and "base" in base.data:
        problem = "本身也是叠加规格，只能叠加一层"
    if problem:
        wrong = document.found("SPEC_OVERLAY", document.spot(("base",)), problem=f"base“{named}”{problem}")
        raise Refused([*document.findings, *base.findings, wrong])
    return base


class _Merger:
    """Builds the document of base and overlay: data, and for each part its place in its file."""

    def __init__(self, overlay: Document, own: dict[str, Any], base: Document) -> None:
        assert isinstance(base.data, dict)
        self.overlay, self.own, self.base = overlay, own, base
        self.data: dict[str, Any] = dict(base.data)
        self.keys, self.scalars = dict(base.keys), dict(base.scalars)
        self.findings: list[Finding] = [*overlay.findings, *base.findings]

    def merged(self) -> Document:
        self._keys()
        self._replace()
        for key in NAMING:
            if key in self.own:
                self.data[key] = self.own[key]
                self._take((key,), (key,))
        for key in ADDED_LISTS:
            self._add_list(key)
        for key in ADDED_MAPPINGS:
            self._add_mapping(key)
        texts = {**self.base.texts, **self.overlay.texts}
        source = self.overlay.source
        return Document(source, self.data, self.keys, self.findings, self.scalars, texts)

    def _report(self, path: YamlPath, problem: str) -> None:
        self._found("SPEC_OVERLAY", path, problem=problem)

    def _found(self, code: str, path: YamlPath, **values: Any) -> None:
        self.findings.append(self.overlay.found(code, self.overlay.key(path), **values))

    def _keys(self) -> None:
        for key in (one for one in self.own if one not in _KEYS):
            if key in Rubric.model_fields:
                self._report((key,), f"不能改动 base 的“{key}”")
            else:
                known = nearest(key, _KEYS)
                self._found("SPEC_KEY_UNKNOWN", (key,), key=key, known=known)
        for key in ("id", "replaces"):
            if self.own.get(key) is None:
                self._found("SPEC_KEY_MISSING", (), key=key, where="叠加规格")
        if self.own.get("id") is not None and self.own["id"] == self.data.get("id"):
            self._report(("id",), f"id“{self.own['id']}”与 base 相同，须另取一个")

    def _replace(self) -> None:
        """Put indicators in the place of open ones, the last first, so that the places before stay."""
        replaces = self.own.get("replaces")
        if replaces is None:
            return
        if not isinstance(replaces, dict):
            self._report(("replaces",), "replaces 应为 {留给部门的指标 id: [指标]} 的结构")
            return
        places = {str(one.get("id")): (path, one) for path, one in listed_indicators(self.data)}
        is_open = [key for key, (_, one) in places.items() if "open" in one]
        for key in replaces:
            if key not in is_open:
                problem = "不是留给部门的指标（open）" if key in places else "不在 base 的指标中"
                named = ids_by_heading((str(places[one][1].get("name") or ""), one) for one in is_open)
                ids = named.get(plain_heading(str(key)))
                known = answer(key, ids) if ids else nearest(key, is_open)
                self._report(("replaces", key), f"“{key}”{problem}；{known}")
        for key in reversed(is_open):
            if key in replaces:
                path, replaced = places[key]
                self._replace_one(key, path, replaced, replaces[key])

    def _replace_one(self, key: str, path: YamlPath, replaced: dict[str, Any], others: Any) -> None:
        if not isinstance(others, list) or not others:
            self._report(("replaces", key), f"“{key}”之下应列出一个或多个指标")
            return
        expected = points_of(replaced)
        stated = [points_of(one) for one in others if isinstance(one, dict)]
        known = [one for one in stated if one is not None]
        if expected is not None and len(known) == len(others) and sum(known) != expected:
            actual, whole = (f"{one.normalize():f}" for one in (sum(known, Decimal(0)), expected))
            values = {"name": replaced.get("name"), "actual": actual, "expected": whole}
            self._found("SPEC_OVERLAY_POINTS", ("replaces", key), **values)
        group, place = path[:-1], int(path[-1])
        siblings = self._at(group)
        siblings[place : place + 1] = others
        self._make_room(group, place, len(others) - 1)
        for number in range(len(others)):
            self._take(("replaces", key, number), (*group, place + number))

    def _at(self, path: YamlPath) -> Any:
        part: Any = self.data
        for step in path:
            part = part[step]
        return part

    def _make_room(self, group: YamlPath, place: int, more: int) -> None:
        """Forget what stood at ``place`` and move what stands behind it in the list ``group``."""
        depth = len(group)

        def moved(path: YamlPath) -> YamlPath | None:
            if path[:depth] != group or len(path) == depth:
                return path
            number = int(path[depth])
            if number == place:
                return None
            return (*group, number + more, *path[depth + 1 :]) if number > place else path

        for places in (self.keys, self.scalars):
            old = dict(places)
            places.clear()
            places.update({new: spot for path, spot in old.items() if (new := moved(path)) is not None})

    def _add_list(self, key: str) -> None:
        added, before = self.own.get(key), self.data.get(key)
        if added is None:
            return
        if not isinstance(added, list):
            self._wrong_shape(key, "应为列表")
        elif before is None or isinstance(before, list):
            before = before or []
            self.data[key] = [*before, *added]
            for number in range(len(added)):
                self._take((key, number), (key, len(before) + number))

    def _add_mapping(self, key: str) -> None:
        added, before = self.own.get(key), self.data.get(key)
        if added is None:
            return
        if not isinstance(added, dict):
            self._wrong_shape(key, "应为键值结构")
        elif before is None or isinstance(before, dict):
            before = before or {}
            self.data[key] = {**before, **{part: self._added(key, part, before, added) for part in added}}
            for part in added:
                self._take((key, part), (key, part))

    def _added(self, key: str, part: str, before: dict[str, Any], added: dict[str, Any]) -> Any:
        """An entry of a mapping; of a field that the base describes, the wording only."""
        if part not in before and not (key == "fields" and part in self._listed()):
            return added[part]
        if key != "fields":
            self._report((key, part), f"base 的 {key} 已有“{part}”，不能改动")
            return before[part]
        own = {} if added[part] is None else added[part]
        if not isinstance(own, dict):
            return own  # the model says what is wrong with it
        for inner in (one for one in own if one not in _WORDING):
            problem = f"不能改动 base 的字段“{part}”的 {inner}，只能改写 {'、'.join(sorted(_WORDING))}"
            self._report((key, part, inner), problem)
        base = before.get(part)
        return {**(base if isinstance(base, dict) else {}), **own}

    def _listed(self) -> set[str]:
        """The fields that the base lists."""
        sections = self.base.data.get("sections") if isinstance(self.base.data, dict) else None
        listed = [one.get("fields") for one in sections or [] if isinstance(one, dict)]
        return {str(field) for fields in listed if isinstance(fields, list) for field in fields}

    def _wrong_shape(self, key: str, problem: str) -> None:
        self._found("SPEC_INVALID", (key,), where=key, problem=problem)

    def _take(self, path: YamlPath, target: YamlPath) -> None:
        """The places of the overlay's part at ``path`` for what now stands at ``target``."""
        for places, own in ((self.keys, self.overlay.keys), (self.scalars, self.overlay.scalars)):
            for one, spot in own.items():
                if one[: len(path)] == path:
                    places[*target, *one[len(path) :]] = spot
