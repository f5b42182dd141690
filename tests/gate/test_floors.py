"""What the labelled development cases have reached does not drop silently."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from tests.gate.__main__ import make_checker, score
from tests.gate.scoring import Scores
from tests.gate.table import digest_of

pytestmark = pytest.mark.model
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def scores() -> Scores:
    return score("dev", make_checker())


def test_the_set_is_the_one_that_the_floors_were_reached_on() -> None:
    assert digest_of("dev") == FLOORS["digest"]


def test_verdicts(scores: Scores) -> None:
    assert scores.agreement >= FLOORS["verdicts_agree"]
    assert scores.macro_f1 >= FLOORS["macro_f1"]


def test_errors_of_high_severity_are_warned_of(scores: Scores) -> None:
    assert scores.high_severity[1] >= FLOORS["high_severity_warned"]


@pytest.mark.parametrize("lane", sorted(FLOORS["named"]))
def test_planted_errors_are_named(lane: str, scores: Scores) -> None:
    assert scores.caught[lane][0] >= FLOORS["named"][lane]


def test_faithful_articles_are_left_in_peace(scores: Scores) -> None:
    assert scores.false_alarms.total() <= FLOORS["most_false_alarms"]
