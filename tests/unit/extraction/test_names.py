# Names of all kinds, what is no name, and the forms they are compared in.
import doctest
import importlib
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from headwater.domain.facts import NameKind
from headwater.extraction.names import extract_names

BANK = tomllib.loads((Path(__file__).parent / "banks" / "names.toml").read_text("utf-8"))["cases"]


@pytest.mark.parametrize(("text", "expected"), BANK, ids=[text[:60] for text, _ in BANK])
def test_bank(text: str, expected: list[str]) -> None:
    rows = [row.split(" | ") for row in expected]
    names = extract_names(text)
    assert [(name.surface, name.kind.value) for name in names] == [(row[0], row[1]) for row in rows]
    canonical = [(name.surface, name.canonical) for name, row in zip(names, rows, strict=True) if len(row) > 2]
    assert canonical == [(row[0], row[2]) for row in rows if len(row) > 2]


@pytest.mark.parametrize("text", [text for text, _ in BANK])
def test_spans_are_exact_ordered_and_apart(text: str) -> None:
    names = extract_names(text)
    assert all(name.span.slice(text) == name.surface for name in names)
    assert all(one.span.end <= other.span.start for one, other in pairwise(names))
    assert all(name.canonical == name.canonical.strip().lower() and name.canonical for name in names)


def test_an_opening_word_is_a_name_where_the_text_uses_it_as_one() -> None:
    (first, second) = extract_names("Bath is old. Thousands visit Bath each year.")
    assert (first.surface, first.kind, second.surface) == ("Bath", NameKind.OTHER, "Bath")


ODD = ["", " ", "\n\n", "A", "I", "’s", "Mr", "The", "of the", "A" * 5000, "Ab " * 5000, "X. " * 3000, "İI", "ß’S"]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_read(text: str) -> None:
    assert all(name.span.slice(text) == name.surface for name in extract_names(text))


MODULES = ["names", "names_acronyms", "names_folding", "names_offices", "names_tables"]


@pytest.mark.parametrize("module", MODULES)
def test_docstring_examples_hold(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"headwater.extraction.{module}"))
    assert (result.failed, result.attempted > 0) == (0, True)


@pytest.mark.parametrize(
    ("surfaces", "canonical"),
    [
        (("UK", "U.K.", "Britain", "Great Britain", "British", "United Kingdom"), "united kingdom"),
        (("US", "USA", "U.S.", "America", "American", "United States"), "united states"),
        (("EU", "European Union"), "european union"),
        (("Kyiv", "Kiev"), "kyiv"),
    ],
)
def test_forms_of_one_place(surfaces: tuple[str, ...], canonical: str) -> None:
    for surface in surfaces:
        (name,) = extract_names(f"They spoke of the {surface} again.")
        assert (name.kind, name.canonical) == (NameKind.PLACE, canonical)
