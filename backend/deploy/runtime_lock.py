"""Print the part of the lock that the service needs: `python backend/deploy/runtime_lock.py > runtime.txt`.

The lock also holds what development takes. A package stays if pyproject.toml names it for the service (or for one of
its extras), or if one that stays needs it, as the lock's own "via" lines say. Pins and hashes stay as they are.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXTRAS = ("postgres", "tracing")
NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*")


def normal(name: str) -> str:
    """Return a package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def named(project: Path = ROOT / "pyproject.toml") -> set[str]:
    """Return the packages that the service names itself."""
    table = tomllib.loads(project.read_text("utf-8"))["project"]
    extras = table.get("optional-dependencies", {})
    written = [*table["dependencies"], *(line for extra in EXTRAS for line in extras.get(extra, ()))]
    return {normal(found[0]) for line in written if (found := NAME.match(line))}


def blocks(lock: str) -> Iterator[tuple[str, str, set[str]]]:
    """Yield each package of a lock: its name, its lines, and the packages that need it."""
    for block in re.split(r"\n(?=[A-Za-z0-9])", lock.strip()):
        name = NAME.match(block)
        if name:
            via = re.findall(r"^    # (?:via )?(?:  )?([A-Za-z0-9][A-Za-z0-9._-]*)\s*$", block, re.MULTILINE)
            yield normal(name[0]), block, set(map(normal, via)) - {"via"}


def runtime_lock(lock: str, wanted: set[str]) -> str:
    """Return the lines of the packages that are wanted, or that one of these needs."""
    found = list(blocks(lock))
    kept: set[str] = set()
    while True:
        more = {name for name, _, via in found if name not in kept and (name in wanted or via & (kept | {"torch"}))}
        if not more:
            break
        kept |= more
    return "".join(f"{block}\n" for name, block, _ in found if name in kept)


if __name__ == "__main__":
    sys.stdout.write(runtime_lock((ROOT / "requirements.lock.txt").read_text("utf-8"), named()))
