"""A second machine's view: `python -m tests.wheel_smoke [--offline]` builds the wheel and tries it alone.

A clean virtual environment gets the wheel and what it asks for, from the package registry that pip is set to use; with
`--offline` it borrows the packages of the environment that this runs in, and gets only the wheel itself. The program
then works outside the tree: model built, documents taken in, a sentence matched, a service asked, a backup made, looked
through and put back. Takes some minutes with a registry, one without; leaves nothing behind.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import site
import subprocess
import sys
import tempfile
import urllib.request
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = (
    "The Border Security Command will receive £75 million of new money.\n\n"
    "The department returned 9,400 people in the year to September, the minister said on Monday.\n"
)
CLAIM = "The Border Security Command will receive £57 million of new money."
DISCREPANCIES = 1


def ran(command: Sequence[object], folder: Path, *, expect: int = 0, **settings: str) -> str:
    """Run a program outside the tree, without the paths and settings of this one, and return what it said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HEADWATER_", "PYTHON"))}
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=kept | settings, capture_output=True, text=True, check=False
    )
    if done.returncode != expect:
        sys.exit(f"{' '.join(map(str, command))}: left with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def install(folder: Path, *, offline: bool, first: Sequence[str]) -> Path:
    """Build the wheel, install it alone into a clean environment, and return the folder of its programs.

    Args:
        folder: Where all of it happens.
        offline: Whether packages are borrowed.
        first: What is installed before it, such as a smaller build of torch than the registry's newest.
    """
    ran([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "dist"], ROOT)
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.EnvBuilder(with_pip=True).create(folder / "venv")
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    if offline:
        (packages,) = (folder / "venv").glob("lib/python*/site-packages")
        # The packages of this environment, but not the tree that it points to.
        borrowed = [one for one in site.getsitepackages() if Path(one).is_dir()]
        (packages / "borrowed.pth").write_text("".join(f"{one}\n" for one in borrowed), "utf-8")
        ran(
            [
                programs / "python",
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-deps",
                "--no-index",
                "--ignore-installed",
                wheel,
            ],
            folder,
        )
    else:
        for wanted in ([*first], [wheel]):
            ran([programs / "python", "-m", "pip", "install", "--quiet", *wanted], folder)
        ran([programs / "python", "-m", "pip", "check"], folder)
    return programs


def served(program: Path, folder: Path, settings: dict[str, str]) -> dict[str, object]:
    """Ask a service for the claim, and end it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HEADWATER_", "PYTHON"))}
    with subprocess.Popen(
        [program, "serve", "--port", "0"], cwd=folder, env=kept | settings, stderr=subprocess.PIPE, text=True
    ) as process:
        if process.stderr is None:
            raise RuntimeError("the service has no stderr")
        address = next(found[1] for line in process.stderr if (found := re.search(r"listens on (http://\S+?)/ ", line)))
        request = urllib.request.Request(  # noqa: S310 - of this machine
            f"{address}/v1/match", json.dumps({"text": CLAIM}).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            found: dict[str, object] = json.load(answer)
        with urllib.request.urlopen(f"{address}/", timeout=60) as page:  # noqa: S310
            if b"<html" not in page.read():
                sys.exit("the page is not in the wheel")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offline", action="store_true", help="borrow the packages of this environment")
    parser.add_argument("--first", nargs="*", default=["pip"], help="packages that are installed before it")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="headwater-wheel-") as name:
        folder = Path(name)
        programs = install(folder, offline=chosen.offline, first=chosen.first)
        program, work = programs / "headwater", folder / "work"
        work.mkdir()
        (work / "release.txt").write_text(TEXT, "utf-8")
        where = ran([programs / "python", "-c", "import headwater; print(headwater.__file__)"], work).strip()
        if not Path(where).is_relative_to(folder):
            sys.exit(f"it is not the wheel's own: {where}")
        settings = {
            "HEADWATER_DATABASE": str(work / "corpus.sqlite3"),
            "HEADWATER_MODEL_DIR": str(work / "models"),
        }
        for command in (
            ["--version"],
            ["models", "build"],
            ["ingest", "release.txt"],
            ["backup", "kept.sqlite3"],
            ["verify", "kept.sqlite3"],
            ["restore", "kept.sqlite3", "--database", "restored.sqlite3"],
        ):
            ran([program, *command], work, **settings)
            print(f"headwater {' '.join(command)}: well", flush=True)
        said = ran([program, "match", CLAIM], work, expect=DISCREPANCIES, **settings)
        if "75" not in said:
            sys.exit(f"the official words were not found: {said}")
        print("headwater match: the wrong figure is named", flush=True)
        claims = served(program, work, settings)["claims"]
        print(
            f"headwater serve: {len(claims) if isinstance(claims, list) else 0} claim answered, page there", flush=True
        )
    print("the wheel works alone")


if __name__ == "__main__":
    main()
