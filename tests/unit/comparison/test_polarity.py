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


FREE: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "banks" / "polarity_free.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("claimed", "official"), FREE["changed"])
def test_what_a_reporter_turned_around_is_named(claimed: str, official: str) -> None:
    assert contradictions(claimed, official)


@pytest.mark.parametrize(("claimed", "official"), [*FREE["faithful"], *FREE["alarmed"]])
def test_a_reporter_s_faithful_words_contradict_nothing(claimed: str, official: str) -> None:
    assert contradictions(claimed, official) == []


@pytest.mark.xfail(strict=True, reason="needs a wider word for the thing, a role told by order alone, or one more verb")
@pytest.mark.parametrize(("claimed", "official"), FREE["missed"])
def test_what_is_turned_around_and_not_yet_seen(claimed: str, official: str) -> None:
    assert contradictions(claimed, official)


@pytest.mark.parametrize("text", sorted({text for group in FREE.values() for pair in group for text in pair}))
def test_no_free_text_contradicts_itself(text: str) -> None:
    assert contradictions(text, text) == []


@pytest.mark.parametrize(
    ("claimed", "official", "rule"),
    [
        (
            "The fee was waived for homes built since 3 May 1998.",
            "The fee was waived for homes built before 3 May 1998.",
            1,
        ),
        (
            "The fee was waived for homes built before 3 May 1998.",
            "The fee was waived for homes built before 3 May 1998.",
            0,
        ),
        (
            "The fee was waived for homes built since 4 May 1998.",
            "The fee was waived for homes built before 3 May 1998.",
            0,
        ),
    ],
)
def test_the_side_of_a_date_is_compared_on_one_date_only(claimed: str, official: str, rule: int) -> None:
    assert len(contradictions(claimed, official)) == rule


def test_a_light_verb_denies_what_it_takes_with_it() -> None:
    assert contradictions("The food in Lyon was not wasted.", "The food in Lyon did not go to waste.") == []


@pytest.mark.parametrize(
    ("claimed", "official", "expected"),
    [
        (
            "Talks with Kent, where things are worst, were over soon.",
            "In Kent, where things are most acute, talks were over soon.",
            [],
        ),
        ("The worst floods were in Kent.", "The most severe floods were in Kent.", []),
        ("The best crops were in Kent.", "The fewest failed crops were in Kent.", []),
        ("The worst crops of the year were in Kent.", "The best crops of the year were in Kent.", ["POL-DIRECTION"]),
        (
            "The weakest sales of the year were in Kent.",
            "The strongest sales of the year were in Kent.",
            ["POL-DIRECTION"],
        ),
        (
            "The lowest sales of the year were in Kent.",
            "The highest sales of the year were in Kent.",
            ["POL-DIRECTION"],
        ),
    ],
)
def test_where_it_is_worst_it_is_most_acute(claimed: str, official: str, expected: list[str]) -> None:
    assert contradictions(claimed, official) == expected
