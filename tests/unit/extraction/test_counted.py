"""What is counted: noun groups and their heads."""

from __future__ import annotations

import pytest

from headwater.extraction.counted import find_noun_group, to_singular
from headwater.extraction.tokens import Tokens

_GROUPS = [
    ("enforced returns took place", "enforced returns", "return"),
    ("EU member states", "EU member states", "state"),
    ("people died", "people", "person"),
    ("small boats crossings last year", "small boats crossings", "crossing"),
    ("members of staff left", "members of staff", "member"),
    ("of the men were held", "men", "man"),
    ("more nurses by 2025", "nurses", "nurse"),
    ("police officers arrested him", "police officers", "officer"),
    ("newly built homes", "newly built homes", "home"),
    ("MPs Thursday", "MPs", "mp"),
    ("job cuts are planned", "job cuts", "cut"),
    ("lost manufacturing jobs", "lost manufacturing jobs", "job"),
    ("tonnes, he said", "tonnes", "tonne"),
    ("dead and three injured", "dead", "dead"),
    ("savings accounts", "savings accounts", "account"),
]


@pytest.mark.parametrize(("text", "group", "head"), _GROUPS)
def test_group_behind_a_plural_number(text: str, group: str, head: str) -> None:
    tokens = Tokens(text, 0, len(text))
    found = find_noun_group(tokens, 0)
    assert found is not None
    assert tokens.span(found.first, found.last).slice(text) == group
    assert found.head_noun(tokens) == head


@pytest.mark.parametrize(
    "text",
    ["", "in London", "said the minister", "were hurt", "this year", ", people", "and women", "last week", "quickly"],
)
def test_no_group(text: str) -> None:
    assert find_noun_group(Tokens(text, 0, len(text)), 0) is None


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("man died", "man"),
        ("police officer was hurt", "police officer"),
        ("case of measles", "case of measles"),
        ("hospital closed", "hospital"),
    ],
)
def test_group_behind_one(text: str, group: str) -> None:
    tokens = Tokens(text, 0, len(text))
    found = find_noun_group(tokens, 0, singular=True)
    assert found is not None
    assert tokens.span(found.first, found.last).slice(text) == group


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("returns", "return"),
        ("countries", "country"),
        ("people", "person"),
        ("women", "woman"),
        ("policemen", "policeman"),
        ("boxes", "box"),
        ("churches", "church"),
        ("houses", "house"),
        ("lives", "life"),
        ("species", "species"),
        ("gas", "gas"),
        ("crises", "crisis"),
        ("schoolchildren", "schoolchild"),
        ("cases", "case"),
        ("companies", "company"),
        ("staff", "staff"),
    ],
)
def test_to_singular(plural: str, singular: str) -> None:
    assert to_singular(plural) == singular
