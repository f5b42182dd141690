"""Get the browsers that the tests drive: `python -m tests.browsers`. What is there already is left alone.

They come from the system's packages (Debian, Ubuntu), because those are kept safe by the system's own updates. On
another system, or without the rights to install, the message says what to install by hand.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

OLDEST_NODE = 20  # its test runner is the one that tests/js is written for


@dataclass(frozen=True, slots=True)
class Needed:
    """A program that the tests start."""

    name: str
    programs: tuple[str, ...]  # any of them will do
    packages: tuple[str, ...]
    why: str


NEEDED = (
    Needed(
        "Chromium", ("chromium", "chromium-browser", "google-chrome"), ("chromium",), "the extension's card and panel"
    ),
    Needed("Firefox", ("firefox-esr", "firefox"), ("firefox-esr",), "the same in the other browser"),
    Needed(f"Node.js {OLDEST_NODE} or later", ("node",), ("nodejs",), "the extension's library"),
)


def find(needed: Needed) -> str | None:
    """Return where the program is, or None."""
    for program in needed.programs:
        found = shutil.which(program)
        if found and (program != "node" or node_version(found) >= OLDEST_NODE):
            return found
    return None


def node_version(program: str) -> int:
    """Return Node's major version, 0 where it does not say."""
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    match = re.match(r"v(\d+)\.", said)
    return int(match[1]) if match else 0


def install(packages: list[str]) -> None:
    """Install packages of the system.

    Raises:
        SystemExit: If this cannot be done here; the message says what to do by hand.
    """
    by_hand = f"Install {', '.join(packages)} by hand (on Debian and Ubuntu: apt-get install {' '.join(packages)})."
    if shutil.which("apt-get") is None:
        raise SystemExit(f"This system has no apt-get. {by_hand}")
    if os.geteuid() != 0:
        raise SystemExit(f"Only root can install packages. {by_hand}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", *command], env=quiet, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise SystemExit(f"apt-get {command[0]} failed. {by_hand}")


def main(say: Callable[[str], None] = print) -> None:
    """Install what is missing, and say so."""
    missing = [needed for needed in NEEDED if find(needed) is None]
    if not missing:
        return
    for needed in missing:
        say(
            f"{needed.name} is missing (for {needed.why}): "
            f"installing {', '.join(needed.packages)} from the system's packages"
        )
    install([package for needed in missing for package in needed.packages])
    for needed in missing:
        if find(needed) is None:
            raise SystemExit(
                f"{needed.name} is still missing: the system's package is another version. Install it by hand."
            )


if __name__ == "__main__":
    main()
