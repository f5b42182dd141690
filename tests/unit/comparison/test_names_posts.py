# Posts, series of offices and scope: what is named, and what may never be.
import tomllib
from pathlib import Path

import pytest

from headwater.comparison.names import compare_names
from headwater.comparison.names_posts import fold_role, read_posts
from headwater.comparison.names_series import read_series
from headwater.comparison.names_settings import read_settings
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect
from headwater.domain.spans import MappedText
from headwater.extraction.facts import extract_facts
from headwater.extraction.names_short import is_shortened_in

BANK = Path(__file__).parent / "banks" / "names_posts_series_scope.toml"
CASES = tomllib.loads(BANK.read_text("utf-8"))["cases"]
LOUD = {Effect.SHIFTS, Effect.CONTRADICTS, Effect.NOT_STATED}


def annotated(text: str) -> Annotated:
    return Annotated(MappedText.identity(text), extract_facts(text))


@pytest.mark.parametrize("case", CASES, ids=[case["claimed"][:60] for case in CASES])
def test_only_the_other_statement_is_named(case):
    findings = compare_names(annotated(case["claimed"]), [annotated(case["official"])])
    found = {finding.rule for finding in findings if finding.effect in LOUD}
    assert found == ({case["rule"]} if case["rule"] else set())


@pytest.mark.parametrize("case", CASES, ids=[case["official"][:60] for case in CASES])
def test_a_source_agrees_with_itself(case):
    official = annotated(case["official"])
    assert not [f for f in compare_names(official, [official]) if f.effect in LOUD]


@pytest.mark.parametrize(
    ("written", "folded"), [("Vice-Chair", "vice chair"), ("Deputy Chairman", "vice chair"), ("co-chair", "chair")]
)
def test_a_post_has_one_form(written, folded):
    assert fold_role(written) == folded


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("The Attorney General shall serve as Vice Chair.", ["vice chair"]),
        ("The Attorney General met the director.", []),
        ("The Attorney General and the director met.", []),
    ],
)
def test_a_post_needs_a_verb_that_gives_it(text, roles):
    claim = annotated(text)
    assert [given.role for given in read_posts(claim.text, read_settings(claim))] == roles


def test_fields_of_a_series_have_their_places():
    text = "She wrote to the ministers of health, trade and energy."
    ((head, spans),) = read_series(text)
    assert (head, [span.slice(text) for span in spans]) == ("minister", ["health", "trade", "energy"])


@pytest.mark.parametrize(
    ("surface", "official", "short"),
    [
        ("Maryland", "Riverdale, MD 20737", True),
        ("Maryland", "Jane Roe, MD, will speak.", False),
        ("Queensland", "Cairns QLD 4870", True),
        ("Indiana", "We met IN April.", False),
        ("Albert Road", "Albert Rd works", True),
        ("Albert Road", "Albert Street works", False),
    ],
)
def test_a_short_form_is_known_where_it_stands(surface, official, short):
    assert is_shortened_in(surface, surface.lower(), official) is short
