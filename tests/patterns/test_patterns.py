"""No expression's cost grows faster than its text: steps are counted, so the answer is the same on every machine."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.patterns.attacks import is_unbounded, pumps
from tests.patterns.steps import Counting, TooManyStepsError

SHORT, LONG = 24, 96  # characters
FOUR_TIMES = LONG / SHORT
MOST_GROWTH = 1.9 * FOUR_TIMES  # linear is four times; the square is sixteen
FEW = 700  # steps for the long text: fewer are no harm
END = "\x00"  # fits nothing
KNOWN = tomllib.loads(Path(__file__).with_name("known.toml").read_text("utf-8"))["pattern"]


def growth(pattern: re.Pattern[str], *, anchored: bool = False) -> tuple[float, str]:
    """Return the worst growth of the steps from a text to one four times as long, and what it was made of."""
    counting, worst = Counting(pattern), (0.0, "")
    for lead, pump in pumps(pattern):
        short, long = (f"{lead}{pump * (length // len(pump) + 1)}{END}" for length in (SHORT, LONG))
        try:
            steps = counting.search_all(long, anchored=anchored)
            grown = steps / counting.search_all(short, anchored=anchored) if steps > FEW else 0.0
        except TooManyStepsError:
            grown = float("inf")
        worst = max(worst, (grown, f"{lead!r} and {pump!r} time and again"))
    return worst


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(a|b)*?c", "ababc"), (r"(?<=x)a{2,3}+", "xaaa aa"), (r"(\w)\1", "abba"), (r"^a$", "a\nb\na"),
        (r"(?i:É)|\bfoo\b", "é foo"),
        (r"(?>a+)b|[^\W\d]+", "aab aac 1"), (r"(?:ab)++|a{0,2}", "ababa"), (r".(?!b)", "abcb"),
    ],
)  # fmt: skip
def test_the_counting_matcher_finds_what_the_engine_finds(pattern: str, text: str) -> None:
    compiled = re.compile(pattern, re.MULTILINE)
    counting = Counting(compiled)
    counting._text = text
    for start in range(len(text) + 1):
        found = compiled.match(text, start)
        counting._groups = {}
        assert counting._whole(start, lambda place: place) == (found.end() if found else None)


@pytest.mark.parametrize(
    "pattern",
    [
        r"a+b",
        r"(a+)+b",
        r"\s+$",
        r"a.*b.*c",
        r"(?:a|a)*c",
        r"<[^>]*>",
        r"\d+(?:,\d+)*%",
        r"x*y*z",
        r"(?<!\d)\d++(?:,\d++)*+%",
    ],
)
def test_costly_expressions_are_known_for_it(pattern: str) -> None:
    assert growth(re.compile(pattern))[0] > MOST_GROWTH


@pytest.mark.parametrize(
    "pattern", [r"(?<!a)a++b", r"\ba\b", r"[^>]", r"(?<![\d,])\d++(?:,\d++)*+%", r"(?<!\s)\s++$", r"a{1,40}b"]
)
def test_cheap_ones_too(pattern: str) -> None:
    assert growth(re.compile(pattern))[0] <= MOST_GROWTH


def test_no_expression_of_the_product_grows_faster_than_its_text() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.patterns.collecting"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )
    collected = json.loads(ended.stdout.splitlines()[-1])
    assert len(collected) > 200
    costly = {}
    for row in collected:
        pattern = re.compile(row["pattern"], row["flags"])
        if is_unbounded(pattern):
            grown, attack = growth(pattern, anchored=not row["searched"])
            if grown > MOST_GROWTH:
                costly[f"{row['module']}: {row['pattern']}"] = f"{grown:.1f} times for {attack}"
    known = tuple(f"{row['module']}: {row['starts']}" for row in KNOWN)
    assert [f"{name} ({cost})" for name, cost in costly.items() if not name.startswith(known)] == []
    assert [one for one in known if not any(name.startswith(one) for name in costly)] == []  # mended: off the list
