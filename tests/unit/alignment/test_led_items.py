from datetime import UTC, datetime

import pytest

from headwater.alignment.led_items import governs, read_on
from headwater.alignment.passages import PassageReader
from headwater.checking import CheckContext
from headwater.comparison.lanes import compare
from headwater.corpus.given import given_passages
from headwater.domain.facts import Annotated, Facts
from headwater.domain.spans import MappedText, Span
from headwater.extraction.facts import ReadingContext
from headwater.segmentation.claims import segment_claims
from headwater.text.normalise import normalise

PAGE = """Grants for hedges

You can use the grant on arable land and on grassland next to woods.

Do not:

- plant within two metres of a badger sett
- trim the new hedge between 1 March and 31 August

What the grant does not cover

- fencing along public roads

If the survey succeeds there will be:

- free saplings for village schools

The council keeps:

- records of every hedge in the county
"""


def judged(claim):
    passages = given_passages(PAGE, CheckContext(published=datetime(2024, 5, 1, tzinfo=UTC).date()))
    reader = PassageReader()
    reader.learn(passages)
    (made,) = segment_claims(normalise(claim).mapped, ReadingContext())
    words = set(claim.lower().split())
    ranked = sorted(passages, key=lambda one: -len(words & set(one.text.lower().split())))
    return [
        f for f in compare(made, [reader.read(one) for one in ranked[:3]]) if f.severity.value in {"medium", "high"}
    ]


@pytest.mark.parametrize(
    ("claim", "shown"),
    [
        ("Farmers may plant within two metres of a badger sett.", "plant within two metres of a badger sett"),
        ("The grant covers fencing along public roads.", "fencing along public roads"),
    ],
)
def test_what_the_line_above_denies_is_denied_of_its_items(claim, shown):
    (finding,) = judged(claim)
    assert finding.rule == "POL-NEGATION"
    assert finding.official.surface == shown
    assert finding.official.span.slice(PAGE) == shown


@pytest.mark.parametrize(
    "claim",
    [
        "Farmers must not plant within two metres of a badger sett.",
        "The grant does not cover fencing along public roads.",
        "The council keeps records of every hedge in the county.",
    ],
)
def test_what_says_the_same_as_line_and_item_has_no_finding(claim):
    assert judged(claim) == []


@pytest.mark.parametrize(
    ("line", "heading", "expected"),
    [
        ("You must not:", False, True),
        ("If successful there will be:", False, True),
        ("The board met in May. It agreed to:", False, True),
        ("The board keeps:", False, False),
        ("You must not do this.", False, False),
        ("What is not covered", True, True),
        ("What you will need", True, False),
        ("Why not?", True, False),
        ("", False, False),
        (":", False, False),
        ("not " * 500 + ":", False, False),
    ],
)
def test_a_line_governs_the_list_below_where_it_says_how_it_is_meant(line, heading, expected):
    assert governs(line, heading=heading) is expected


def test_line_and_item_are_mapped_to_where_they_stand():
    document = "Read this. Do not:\n- swim\n- graze in May\n"
    line = Annotated(MappedText.identity("Read this. Do not:"), Facts())
    at = document.index("graze")
    item = Annotated(MappedText.identity("graze in May"), Facts(), offset=at)
    together = read_on(line, item)
    assert together.text == "Do not graze in May"
    for word in ("not", "graze", "May"):
        start = together.text.index(word)
        assert together.to_original(Span(start, start + len(word))).slice(document) == word
