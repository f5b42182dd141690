"""How far passages hold the words of a text, and what a word weighs in a document."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from headwater.alignment.carrying import Carrier
from headwater.alignment.document_words import DocumentWords, count_words
from headwater.alignment.frames import Frame
from headwater.alignment.likeness import REMEMBERED, Likeness
from headwater.alignment.sharing import share_findings
from headwater.domain.findings import Effect, Finding, Lane, Severity, Side
from headwater.domain.spans import Span

DOCUMENT = DocumentWords(10, {"ferri": 8, "port": 8, "storm": 1})


@dataclass(frozen=True)
class Tokens:
    starts: np.ndarray
    ends: np.ndarray
    vectors: np.ndarray


def two_senses(text: str) -> Tokens:
    """Every word its own direction, but "cut" and "reduce" nearly one, in two tokens for the longer word."""
    directions = {"cut": [1.0, 0.0, 0.0], "reduce": [0.9, 0.1, 0.0], "fares": [0.0, 1.0, 0.0]}
    starts, ends, vectors = [], [], []
    at = 0
    for word in text.split(" "):
        half = at + len(word) // 2
        for start, end in ((at, half), (half, at + len(word))):
            starts.append(start)
            ends.append(end)
            vectors.append(directions.get(word, [0.0, 0.0, 1.0]))
        at += len(word) + 1
    return Tokens(np.array(starts), np.array(ends), np.array(vectors, dtype=np.float32))


def test_a_word_of_the_documents_topic_weighs_less_than_one_it_lacks() -> None:
    topic, rare, absent = (DOCUMENT.weight((stem,)) for stem in ("ferri", "storm", "volcano"))
    assert topic < rare < absent


def test_an_empty_document_weighs_all_words() -> None:
    assert count_words(()).weight(("ferri",)) > 0


def test_the_best_passage_counts_not_all_of_them_together() -> None:
    carrier = Carrier(lambda: DOCUMENT, Likeness())
    text = "storm halted ferry"
    together = carrier.carry(text, ["The storm came.", "The ferry halted."])
    alone = carrier.carry(text, ["The storm halted the ferry."])
    assert alone.share() == pytest.approx(1.0)
    assert together.share() < alone.share()


def test_a_part_is_measured_by_itself() -> None:
    text = "ferry halted because miners walked out"
    carrying = Carrier(lambda: DOCUMENT, Likeness()).carry(text, ["The ferry was halted."])
    assert carrying.share(Span(0, 12)) == pytest.approx(1.0)
    assert carrying.share(Span(13, len(text))) < 0.1
    assert 0 < carrying.weight(Span(13, len(text))) < 1
    assert carrying.holds(Span(0, 5), 1.0)


def test_nothing_to_hold_is_held_and_nothing_holds_nothing() -> None:
    carrier = Carrier(lambda: DOCUMENT, Likeness())
    assert carrier.carry("…", ["The ferry."]).share() == pytest.approx(1.0)
    assert carrier.carry("ferry", []).share() == pytest.approx(0.0)
    assert not carrier.carry("ferry", []).holds(Span(0, 5), 0.0)


def test_words_that_mean_the_same_where_they_stand_are_alike() -> None:
    plain, model = Likeness(), Likeness(two_senses)
    for likeness, least, most in ((plain, 0.0, 0.0), (model, 0.9, 1.0)):
        claim, passage = likeness.words("reduce fares"), likeness.words("cut fares")
        first, second = likeness.held(claim, passage)
        assert least <= first <= most
        assert second == pytest.approx(1.0)


def test_a_model_without_tokens_is_no_model() -> None:
    likeness = Likeness(lambda _text: None)
    assert likeness.words("reduce fares").vectors is None


def test_only_so_many_texts_are_remembered() -> None:
    asked: list[str] = []
    likeness = Likeness(asked.append)
    for number in range(REMEMBERED + 1):
        assert likeness.words(f"text {number}").vectors is None
    for _ in range(2):
        assert likeness.words("text 0").vectors is None
    assert asked.count("text 0") == 2


def test_the_model_is_not_asked_about_words_that_a_passage_has() -> None:
    asked: list[str] = []
    carrying = Carrier(lambda: DOCUMENT, Likeness(asked.append)).carry(
        "the storm halted ferries", ["A ferry waited.", "The storm was halting a ferry."]
    )
    assert carrying.share() == pytest.approx(1.0)
    assert carrying.holds(Span(4, 9), 0.25)
    assert asked == []


def test_shares_grow_to_what_a_look_by_the_model_finds() -> None:
    carrying = Carrier(lambda: DOCUMENT, Likeness(two_senses)).carry("reduce fares", ["cut fares", "fares"])
    first, *others = carrying.shares()
    assert first < max(others)
    assert carrying.share() == max(others) > 0.9
    assert carrying.holds(Span(0, 6), 0.9)


def finding(start: int, end: int) -> Finding:
    side = Side("words", Span(start, end))
    return Finding("TEST", Lane.NAME, "kind", Effect.AGREES, Severity.INFO, side, None, "explained")


def test_findings_go_to_the_part_they_stand_in() -> None:
    parts = [Span(0, 10), Span(12, 30)]
    inside, across, between = finding(13, 15), finding(5, 14), finding(11, 11)
    assert share_findings([inside, across, between], parts) == [(across, between), (inside,)]


def test_who_tells_it_and_when_weighs_nothing_unless_the_source_has_the_date() -> None:
    text = "On Tuesday officials said the ferry halted on 3 May"
    teller, weekday, day = Span(11, 25), Span(3, 10), Span(46, 51)
    frame = Frame((teller,), (weekday, day))
    carrying = Carrier(lambda: DOCUMENT, Likeness()).carry(text, ["The ferry halted on 3 May."], frame)
    assert carrying.weight(teller) == pytest.approx(0.0)
    assert carrying.weight(weekday) == pytest.approx(0.0)
    assert carrying.weight(day) > 0
    assert carrying.share() > Carrier(lambda: DOCUMENT, Likeness()).carry(text, ["The ferry halted on 3 May."]).share()
