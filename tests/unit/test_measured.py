"""The figures in docs/verdicts.md are the measured ones.

After `make gate`: WRITE_MEASURED=1 pytest tests/unit/test_measured.py
"""

import os
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "verdicts.md"
RESULTS = (ROOT / "tests" / "benchmark" / "results" / "gate.md").read_text("utf-8")
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
WHOLE = ("verdict macro F1", "agree", "high severity warned", "high severity named", "false alarms a faithful article")
LANES = ("lane", "alarms", "precision", "pointed", "errors", "recall")


def rows(table: str) -> list[dict[str, str]]:
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]


def shown(columns: tuple[str, ...], table: list[dict[str, str]]) -> str:
    head = f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}\n"
    return head + "".join(f"| {' | '.join(row[column] for column in columns)} |\n" for row in table)


def measured() -> str:
    parts = []
    for name in ("dev", "heldout", "fresh"):
        heading, section = re.split(rf"^## (?={name}:)", RESULTS, flags=re.MULTILINE)[1].split("\n", 1)
        section = re.split(r"^## ", section, flags=re.MULTILINE)[0]
        tables = [part for part in section.split("\n\n") if part.startswith("| ")]
        [own] = [
            row
            for row in rows(tables[0].replace("| F1   |", "| verdict macro F1 |", 1))
            if row["system"] == "Headwater"
        ]
        by_lane = next(part for part in tables if part.startswith("| lane "))
        parts.append(f"### {heading}\n\n{shown(WHOLE, [own])}\n{shown(LANES, rows(by_lane))}\n")
    return "\n" + "".join(parts)


def test_the_tables_are_the_measured_ones() -> None:
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    wanted = f"{before}{BEGIN}{measured()}{END}{after}"
    if os.environ.get("WRITE_MEASURED") == "1":
        PAGE.write_text(wanted, "utf-8")
    assert PAGE.read_text("utf-8") == wanted


def test_verdicts_are_worded_as_readers_see_them() -> None:
    wording = tomllib.loads((ROOT / "backend" / "headwater" / "report" / "wording.toml").read_text("utf-8"))["verdict"]
    for name, row in wording.items():
        assert f"| {row['word']} | `{name}` | {row['meaning']} |" in PAGE.read_text("utf-8")
