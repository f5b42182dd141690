# The name lane: the same name in other words, swapped, added, left out, misspelt, nowhere; and its restraint.
import doctest
import importlib
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from headwater.comparison.names import compare_names
from headwater.comparison.names_relations import NameRelation, relate_names
from headwater.comparison.names_rules import NameOutcome, name_rules
from headwater.domain.facts import Annotated, NameKind, NameMention
from headwater.domain.findings import Effect, Lane, Severity
from headwater.domain.spans import MappedText, Span
from headwater.extraction.facts import extract_facts
from headwater.text.normalise import normalise

BANKS = Path(__file__).parent / "banks"
BANK = tomllib.loads((BANKS / "names.toml").read_text("utf-8"))["cases"]
BANK += tomllib.loads((BANKS / "names_equivalents.toml").read_text("utf-8"))["cases"]


def annotated(text: str, passage: int | None = None, speaker: str = "") -> Annotated:
    return Annotated(MappedText.identity(text), extract_facts(text), passage_id=passage, speaker=speaker)


def read(official: str | list[str]) -> list[Annotated]:
    texts = [official] if isinstance(official, str) else official
    return [annotated(text, number) for number, text in enumerate(texts)]


@pytest.mark.parametrize(("claimed", "official", "expected"), BANK, ids=[case[0][:60] for case in BANK])
def test_bank(claimed: str, official: str | list[str], expected: list[str]) -> None:
    findings = compare_names(annotated(claimed), read(official))
    assert [f"{f.kind} {f.claimed.surface}" for f in findings if f.severity is not Severity.INFO] == expected


@pytest.mark.parametrize(("claimed", "official"), [case[:2] for case in BANK])
def test_findings_are_well_made(claimed: str, official: str | list[str]) -> None:
    passages = read(official)
    findings = compare_names(annotated(claimed), passages)
    for finding in findings:
        assert finding.lane is Lane.NAME
        assert finding.claimed.span.slice(claimed) == finding.claimed.surface
        assert "{" not in finding.explanation
        if finding.official is not None:
            assert finding.passage_id is not None
            assert finding.official.span.slice(passages[finding.passage_id].text) == finding.official.surface
    assert all(one.claimed.span <= other.claimed.span for one, other in pairwise(findings))


def test_half_of_the_bank_is_faithful() -> None:
    assert len(BANK) >= 80
    assert sum(not expected for _, _, expected in BANK) >= len(BANK) / 2 - 4


def test_a_name_compared_with_itself_agrees() -> None:
    for claimed, _, _ in BANK:
        assert all(f.effect is Effect.AGREES for f in compare_names(annotated(claimed), [annotated(claimed, 0)]))


def test_names_inside_quotation_marks_are_left_to_the_quotation_lane() -> None:
    claim = annotated("The minister said: “We will stand with the people of Georgia for as long as it takes.”")
    source = annotated("“We will stand with the people of Moldova for as long as it takes.”", 0, "Foreign Minister")
    assert [f.kind for f in compare_names(claim, [source]) if f.claimed.surface == "Georgia"] == []


def test_a_speaker_that_the_passages_found_do_not_name_weighs_little() -> None:
    (finding,) = compare_names(annotated("Jane Roe said the bridge is safe."), [annotated("The bridge is safe.", 0)])
    assert (finding.kind, finding.severity) == ("speaker_not_stated", Severity.LOW)


def test_the_speaker_of_a_passage_is_named_by_it() -> None:
    passage = annotated("The bridge is safe.", 0, "Jane Roe, chief engineer")
    assert [f.severity for f in compare_names(annotated("Jane Roe said the bridge is safe."), [passage])] == [
        Severity.INFO
    ]


def test_every_outcome_has_a_rule_of_its_own() -> None:
    rules = name_rules()
    assert len({rule.id for rule in rules.values()}) == len(NameOutcome)
    assert all((rule.effect is Effect.CONTRADICTS) == (rule.severity is Severity.HIGH) for rule in rules.values())


def mention(canonical: str, kind: NameKind) -> NameMention:
    return NameMention(canonical, Span(0, len(canonical)), kind, canonical)


RELATIONS = [
    ("slovenia", "slovakia", NameKind.PLACE, "apart"),
    ("iran", "iraq", NameKind.PLACE, "apart"),
    ("austria", "australia", NameKind.PLACE, "apart"),
    ("zelensky", "zelenskyy", NameKind.PERSON, "same"),
    ("mohammed khan", "muhammad khan", NameKind.PERSON, "same"),
    ("j smith", "jane smith", NameKind.PERSON, "same"),
    ("john smith", "jane smith", NameKind.PERSON, "first_name"),
    ("smith", "jane smith", NameKind.PERSON, "same"),
    ("home secretary", "foreign secretary", NameKind.OFFICE, "apart"),
    ("prime minister", "first minister", NameKind.OFFICE, "apart"),
    ("prime minister", "deputy prime minister", NameKind.OFFICE, "apart"),
    ("health secretary", "shadow health secretary", NameKind.OFFICE, "apart"),
    ("health secretary", "health and social care secretary", NameKind.OFFICE, "same"),
    ("department for education", "department for transport", NameKind.ORGANISATION, "apart"),
    ("equality act 2010", "equality act 2006", NameKind.LAW, "apart"),
    ("equality act", "equality act 2010", NameKind.LAW, "same"),
    ("g7", "g20", NameKind.ORGANISATION, "apart"),
]


@pytest.mark.parametrize(("ours", "theirs", "kind", "expected"), RELATIONS)
def test_two_names(ours: str, theirs: str, kind: NameKind, expected: str) -> None:
    assert relate_names(mention(ours, kind), mention(theirs, kind)) is NameRelation(expected)
    assert relate_names(mention(theirs, kind), mention(ours, kind)) is NameRelation(expected)


SEED = Path(__file__).parents[3] / "fixtures" / "seed" / "release.txt"
PLANTED = [  # the gold's planted changes 12 and 14, and a name of the article that the release lacks
    (
        "The new measures will increase intelligence sharing with Serbia, North Macedonia, and Albania.",
        ["list_swapped Albania"],
    ),
    (
        "The new measures will increase intelligence sharing with Slovenia, North Macedonia, and Kosovo.",
        ["list_swapped Slovenia"],
    ),
    (
        "The Prime Minister will announce the accords at the European Political Community (EPC) summit in Bucharest.",
        ["swapped Bucharest"],
    ),
    ("It follows his speech to the Interpol Conference in Edinburgh this week.", ["swapped Edinburgh"]),
    ("The administration has agreed to share intelligence with Turkey and Albania.", ["not_stated Turkey"]),
    ("The new measures will increase intelligence sharing with Serbia, North Macedonia, and Kosovo.", []),
    ("It follows his speech to the Interpol Conference in Glasgow this week.", []),
]


@pytest.mark.parametrize(("claimed", "expected"), PLANTED)
def test_planted_changes_against_the_release(claimed: str, expected: list[str]) -> None:
    release = normalise(SEED.read_text("utf-8")).mapped
    passages = [
        Annotated(MappedText.identity(line), extract_facts(line), passage_id=number)
        for number, line in enumerate(filter(str.strip, release.text.split("\n")))
    ]
    findings = compare_names(annotated(claimed), passages)
    assert [f"{f.kind} {f.claimed.surface}" for f in findings if f.severity is not Severity.INFO] == expected


@pytest.mark.parametrize("module", ["names", "names_relations", "names_rules"])
def test_docstring_examples_hold(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"headwater.comparison.{module}"))
    assert (result.failed, result.attempted > 0) == (0, True)
