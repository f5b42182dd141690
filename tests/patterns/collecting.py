"""Every regular expression that the modules of the product compile when they are imported, and where."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from functools import cache
from pathlib import Path


def main() -> None:
    """Import all modules with an eye on the compiler, and print what it was given."""
    found: dict[tuple[str, int], str] = {}
    compiling = re._compile  # type: ignore[attr-defined]

    def watched(pattern: object, flags: int) -> object:
        made = compiling(pattern, flags)
        frame = sys._getframe(1)
        while frame is not None and frame.f_globals.get("__name__") == "re":
            frame = frame.f_back  # type: ignore[assignment]
        module = frame.f_globals.get("__name__", "") if frame else ""
        if module.startswith("headwater") and isinstance(made.pattern, str):
            found.setdefault((made.pattern, made.flags), module)
        return made

    re._compile = watched  # type: ignore[attr-defined]
    import headwater

    for module in pkgutil.walk_packages(headwater.__path__, "headwater."):
        if "migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    use()
    uses: dict[tuple[str, int], set[str]] = {}
    for name, module in list(sys.modules.items()):
        for variable, value in list(vars(module).items()) if name.startswith("headwater") else ():
            if isinstance(value, re.Pattern):
                uses.setdefault((value.pattern, value.flags), set()).add(variable)
    rows = [
        {
            "module": module,
            "pattern": pattern,
            "flags": flags,
            "searched": is_searched(uses.get((pattern, flags), set())),
        }
        for (pattern, flags), module in found.items()
    ]
    json.dump(rows, sys.stdout)


def is_searched(variables: set[str]) -> bool:
    """Say whether an expression is looked for at every place of a text; what no variable holds counts as such."""
    calls, passed = usage()
    called = {call for name in variables for call in calls.get(name, ())}
    return not called or not variables.isdisjoint(passed) or not called <= {"match", "fullmatch", "pattern", "flags"}


@cache
def usage() -> tuple[dict[str, set[str]], set[str]]:
    """Return the methods that are called on each name in the product's own text, and the names that are handed on."""
    import headwater

    calls: dict[str, set[str]] = {}
    passed: set[str] = set()
    for path in Path(headwater.__path__[0]).rglob("*.py"):
        text = path.read_text("utf-8")
        for name, call in re.findall(r"\b(_?[A-Z]\w+)\.(\w+)", text):
            calls.setdefault(name, set()).add(call)
        passed.update(re.findall(r"[(,=] ?(_?[A-Z]\w+)\b(?![.=\w]| =)", text))
    return calls, passed


def use() -> None:
    """Have those compiled that are made with the first text."""
    from tests.fuzz.targets import TARGETS

    for name in ("normalise", "extract", "compare", "html", "decode"):
        TARGETS[name].act(TARGETS[name].seeds()[0])


if __name__ == "__main__":
    main()
