import tomllib
from pathlib import Path
from typing import Any

import pytest

from headwater.comparison.polarity import compare_polarity
from headwater.comparison.polarity_reading import axes, read_pointings
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Lane, Severity
from headwater.domain.spans import MappedText
from headwater.extraction.facts import extract_facts
from headwater.extraction.verbs import verb_base

BANK: dict[str, Any] = tomllib.loads((Path(__file__).parent / "banks" / "polarity.toml").read_text(encoding="utf-8"))


def annotate(text: str, offset: int = 0, passage_id: int | None = None) -> Annotated:
    return Annotated(MappedText.identity(text), extract_facts(text), offset, passage_id)


def contradictions(claimed: str, *official: str) -> list[str]:
    found = compare_polarity(annotate(claimed), [annotate(text) for text in official])
    return [finding.rule for finding in found if finding.severity is not Severity.INFO]


@pytest.mark.parametrize(("claimed", "official"), BANK["changed"])
def test_the_opposite_contradicts_and_so_does_the_reverse(claimed: str, official: str) -> None:
    found = compare_polarity(annotate(claimed), [annotate(official)])
    assert [(finding.effect, finding.severity) for finding in found] == [(Effect.CONTRADICTS, Severity.HIGH)]


@pytest.mark.parametrize(("claimed", "official"), BANK["faithful"])
def test_a_faithful_rewording_or_another_statement_does_not(claimed: str, official: str) -> None:
    assert contradictions(claimed, official) == []
    assert contradictions(official, claimed) == []


@pytest.mark.parametrize("text", sorted({text for group in BANK.values() for pair in group for text in pair}))
def test_no_text_contradicts_itself(text: str) -> None:
    assert contradictions(text, text) == []


def test_the_bank_is_large_and_half_faithful() -> None:
    assert len(BANK["changed"]) >= 30
    assert len(BANK["faithful"]) >= 30


def test_both_sides_are_exact() -> None:
    claim = annotate("The council did not close the library in Leeds.")
    passage = annotate("The council closed the library in Leeds.", offset=50, passage_id=3)
    (finding,) = compare_polarity(claim, [passage])
    assert (finding.rule, finding.lane, finding.kind) == ("POL-NEGATION", Lane.POLARITY, "negation")
    assert finding.claimed.span.slice(claim.text) == finding.claimed.surface == "not close"
    assert finding.official is not None
    assert finding.official.span.shift(-50).slice(passage.text) == finding.official.surface == "closed"
    assert finding.passage_id == 3


def test_what_did_not_fall_need_not_have_risen() -> None:
    found = compare_polarity(
        annotate("Output in Ohio did not fall in June."), [annotate("Output in Ohio rose in June.")]
    )
    assert [(finding.rule, finding.effect) for finding in found] == [("POL-UNCERTAIN", Effect.UNDECIDED)]


def test_an_official_sentence_that_agrees_silences_one_that_does_not() -> None:
    fell, rose = "Unemployment in Wales fell.", "Unemployment in Wales rose."
    assert contradictions("Unemployment in Wales rose.", fell) == ["POL-DIRECTION"]
    assert contradictions("Unemployment in Wales rose.", fell, rose) == []


@pytest.mark.parametrize(
    ("text", "word", "negated"),
    [
        ("They did not, however, sign it.", "sign", False),  # a comma ends what is denied: silence is the safe side
        ("They did not formally sign it.", "sign", True),
        ("They refused to sign it.", "sign", True),
        ("They did not refuse to sign it.", "sign", False),
        ("It is not only signed but sealed.", "signed", False),
        ("It will not be signed until May.", "signed", False),
        ("No evidence was found.", "evidence", True),
        ("They left without signing it.", "signing", True),
    ],
)
def test_what_a_negation_denies(text: str, word: str, negated: bool) -> None:
    ((_, pointings),) = read_pointings(text)
    (pointing,) = [pointing for pointing in pointings if pointing.place.word.text == word]
    assert pointing.negated is negated


def test_no_word_stands_on_both_sides_of_an_axis() -> None:
    assert axes()[verb_base("rose")] == axes()[verb_base("increase")]
    assert axes()[verb_base("rose")][1] == -axes()[verb_base("fell")][1]


def test_nothing_is_found_without_words_or_passages() -> None:
    assert compare_polarity(annotate("Prices rose."), []) == ()
    assert compare_polarity(annotate(""), [annotate("Prices rose.")]) == ()
