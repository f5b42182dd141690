"""Docstrings name the arguments that functions take; a summary line that says what comes back is enough for that."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAID_IN_THE_SUMMARY = {
    "DOC201",
    "DOC402",
    "DOC404",
    "DOC405",
}  # "Return the number of passages": a section would say it twice


def test_docstrings_describe_the_arguments_there_are() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pydoclint.main", "--quiet", "backend", "embeddings"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found = run.stdout + run.stderr
    assert run.returncode in {0, 1}, found
    codes = [line.strip() for line in found.splitlines() if ": DOC" in line]
    assert [line for line in codes if line.split(": ")[1] not in SAID_IN_THE_SUMMARY] == []
