import tomllib
from pathlib import Path
from typing import Any

import pytest

from headwater.comparison.terms import compare_terms, load_terms
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Lane, Severity
from headwater.domain.spans import MappedText
from headwater.extraction.facts import extract_facts

BANK: dict[str, Any] = tomllib.loads((Path(__file__).parent / "banks" / "terms.toml").read_text(encoding="utf-8"))
OWN = """
[[group]]
id = "transfers"
reason = "a player on loan goes back, one who is sold does not"
terms = [["loaned"], ["sold"]]
"""


def annotate(text: str, offset: int = 0, passage_id: int | None = None) -> Annotated:
    return Annotated(MappedText.identity(text), extract_facts(text), offset, passage_id)


def groups(claimed: str, *official: str) -> list[str]:
    return [finding.kind for finding in compare_terms(annotate(claimed), [annotate(text) for text in official])]


@pytest.mark.parametrize(("claimed", "official", "group"), BANK["changed"])
def test_an_exchanged_term_is_found(claimed: str, official: str, group: str) -> None:
    assert groups(claimed, official) == [group]


@pytest.mark.parametrize(("claimed", "official"), BANK["faithful"])
def test_a_faithful_rewording_or_another_statement_has_no_finding(claimed: str, official: str) -> None:
    assert groups(claimed, official) == []


@pytest.mark.parametrize("text", sorted({text for group in BANK.values() for pair in group for text in pair[:2]}))
def test_no_text_exchanges_terms_with_itself(text: str) -> None:
    assert groups(text, text) == []


def test_the_bank_is_large_and_half_faithful() -> None:
    assert len(BANK["changed"]) >= 30
    assert len(BANK["faithful"]) >= 30


def test_both_sides_are_exact_and_the_reason_is_given() -> None:
    claim = annotate("Mean pay in Ohio rose 3%.")
    passage = annotate("Median pay in Ohio rose 3%.", offset=20, passage_id=4)
    (finding,) = compare_terms(claim, [passage])
    assert (finding.rule, finding.lane, finding.effect) == ("TRM-EXCHANGED", Lane.TERM, Effect.SHIFTS)
    assert finding.severity is Severity.MEDIUM
    assert finding.claimed.span.slice(claim.text) == finding.claimed.surface == "Mean"
    assert finding.official is not None
    assert finding.official.span.shift(-20).slice(passage.text) == finding.official.surface == "Median"
    assert "the mean is pulled up" in finding.explanation


def test_a_term_that_the_source_uses_too_is_not_exchanged() -> None:
    official = "Median pay in Ohio rose 3%.", "Mean pay in Ohio rose 4%."
    assert groups("Mean pay in Ohio rose 3%.", official[0]) == ["average"]
    assert groups("Mean pay in Ohio rose 3%.", *official) == []


def test_a_newsroom_adds_groups_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "terms.toml"
    path.write_text(OWN, encoding="utf-8")
    table = load_terms(path)
    assert len(table.groups) == len(load_terms().groups) + 1
    claim, official = annotate("The striker was sold to Leeds."), annotate("The striker was loaned to Leeds.")
    assert [finding.kind for finding in compare_terms(claim, [official], table)] == ["transfers"]
    assert compare_terms(claim, [official]) == ()


@pytest.mark.parametrize(
    "row",
    [
        'id = "x"\nreason = "y"\nterms = [["only one"]]',
        'id = "x"\nterms = [["a"], ["b"]]',
        'id = "x"\nreason = "y"\nterms = [[], ["b"]]',
    ],
)
def test_a_broken_group_is_refused(tmp_path: Path, row: str) -> None:
    path = tmp_path / "terms.toml"
    path.write_text(f"[[group]]\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="a group of terms needs"):
        load_terms(path)


def test_every_group_has_its_own_id_and_a_reason() -> None:
    ids = [group.id for group in load_terms().groups]
    assert len(ids) == len(set(ids)) >= 30
    assert all(group.reason for group in load_terms().groups)


FREE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "banks" / "terms_free.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("claimed", "official", "group"), FREE["changed"])
def test_a_reporter_s_exchange_of_terms_is_found(claimed: str, official: str, group: str) -> None:
    assert group in groups(claimed, official)


@pytest.mark.parametrize(("claimed", "official"), FREE["faithful"])
def test_a_reporter_s_faithful_words_exchange_no_term(claimed: str, official: str) -> None:
    assert groups(claimed, official) == []


def test_terms_that_exclude_each_other_contradict() -> None:
    claim = annotate("The driver was convicted over the crash on the M6.")
    (finding,) = compare_terms(claim, [annotate("The driver was charged over the crash on the M6.")])
    assert (finding.effect, finding.severity) == (Effect.CONTRADICTS, Severity.HIGH)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('id = "x"\nreason = "y"\nterms = [["a"], ["b"]]\ntopics = true', "topics"),
        ('id = "x"\nreason = "y"\nterms = [["a"], ["b"]]\nnear = ["c"]', "near is one string"),
        ('id = "x"\nreason = "y"\nterms = [["a"], ["="]]', "two terms with a word each"),
    ],
)
def test_a_newsroom_is_told_what_is_wrong_with_its_group(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "terms.toml"
    path.write_text(f"[[group]]\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_terms(path)


def test_words_in_free_use_need_their_subject_near() -> None:
    assert groups("It was a mean trick to play on the street.", "Median house prices in the street rose.") == []


def test_a_term_in_another_sense_is_none() -> None:
    assert (
        groups("Drivers were charged a fee at the bridge in Hull.", "Drivers were arrested at the bridge in Hull.")
        == []
    )
