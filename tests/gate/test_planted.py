"""Changes planted in the seed article, each alone: the whole article goes through the real service every time."""

from __future__ import annotations

import pytest
from tests.gate.__main__ import make_checker
from tests.gate.gold import GoldPair, seed_pair

from headwater.checking import FactChecker
from headwater.domain.findings import Effect, Finding
from headwater.domain.spans import Span

pytestmark = pytest.mark.model

RETURNS = "The government returned 9,400 people, including 2,590 enforced returns, up 19% on the same period in {}."
HEADING = "How Many People Have Attempted Small Boat Crossings in 2024?"

SAID = "minister said: “We need to go further and faster, alongside"

# find, replace, lane, kind or effect of the finding, words that its claimed side shows: surface, or value
PLANTED = [
    # Change 4, its year: the base of a comparison.
    (HEADING, f"{RETURNS.format(2022)}\n\n{HEADING}", "date", "contradicts", "2022"),
    # Change 9: the Prime Minister's words given to the Home Secretary.
    (
        f"The prime {SAID}",
        f"The home secretary{SAID.removeprefix('minister')}",
        "attribution",
        "misattributed",
        "home secretary",
    ),
]
TRANSIT, FUND = "Nearly 100,000 people", "ÂŁ75 million"
WRITTEN = "“There is a criminal empire operating on our continent, exacting a horrendous human toll and undermining"
CONDITION = "we will share information and intelligence and work across borders to map out what is happening and where"
PLANTED += [
    (TRANSIT, "Nearly 10,000 people", "figure", "contradicts", "10,000"),
    (TRANSIT, "Nearly 110,000 people", "figure", "contradicts", "110,000"),
    (TRANSIT, "Nearly 1 million people", "figure", "contradicts", "1 million"),
    (TRANSIT, "More than 100,000 people", "figure", "hedge_flipped", "100,000"),
    (TRANSIT, "Over 100,000 people", "figure", "hedge_flipped", "100,000"),
    (FUND, "£57m", "figure", "contradicts", "£57m"),
    (FUND, "$75 million", "figure", "currency_differs", "$75 million"),
    (FUND, "€75 million", "figure", "currency_differs", "€75 million"),
    (FUND, "£75 billion", "figure", "scale_differs", "£75 billion"),
    (HEADING, f"{RETURNS.format(2023).replace('2,590', '2,950')}\n\n{HEADING}", "figure", "contradicts", "2,950"),
    (
        HEADING,
        f"{RETURNS.format(2023).replace('19%', '19 percentage points')}\n\n{HEADING}",
        "figure",
        "percent_against_points",
        "19",
    ),
    (HEADING, f"The government returned 9,000 people.\n\n{HEADING}", "figure", "rounded_without_hedge", "9,000"),
    (HEADING, f"The government returned almost 10,000 people.\n\n{HEADING}", "figure", "bound_loose", "10,000"),
    ("our national security.”", "our economic security.”", "quotation", "word", "economic"),
    ("we cannot do it in isolation", "we can do it in isolation", "quotation", "polarity", "can"),
    (f"{CONDITION} to", "we will", "quotation", "omission", ""),
    (WRITTEN, "“We will put all of these gangs behind bars before the spring comes,", "quotation", "not_found", "bars"),
    ("Macedonia, and Kosovo.", "Macedonia, and Albania.", "name", "contradicts", "Albania"),
    (
        "Serbia, North Macedonia, and Kosovo.",
        "Slovenia, North Macedonia, and Kosovo.",
        "name",
        "contradicts",
        "Slovenia",
    ),
    ("will announce the new accords", "has signed the new accords", "modality", "status_up", "has signed"),
    ("will announce the new accords", "may announce the new accords", "modality", "modality_down", "may"),
    ("summit in Budapest", "summit in Bucharest", "name", "swapped", "Bucharest"),
    (
        HEADING,
        f"It follows his speech to the Interpol Conference in Edinburgh this week.\n\n{HEADING}",
        "name",
        "swapped",
        "Edinburgh",
    ),
]
# find, replace, lane: no finding of the lane says anything but that the source agrees, where the new words stand
KEPT = [
    (HEADING, f"{RETURNS.format(2023)}\n\n{HEADING}", "date"),
    (FUND, "£75,000,000", "figure"),
    (FUND, "75m pounds", "figure"),
    (HEADING, f"The government returned about 9,400 people.\n\n{HEADING}", "figure"),
    (HEADING, f"Nearly a fifth more people were returned than in the same period in 2023.\n\n{HEADING}", "figure"),
]
# Change 15: other ways of writing the same figure are read as the article's own
SAME_FIGURE = [
    "Nearly 100\u00a0000 people",
    "Nearly 100.000 people",
    "Nearly １００,０００ people",
    "Nearly 100,\u200b000 people",
]


@pytest.fixture(scope="module")
def checker() -> FactChecker:
    return make_checker()


@pytest.fixture(scope="module")
def pair() -> GoldPair:
    return seed_pair()


def findings_at(checker: FactChecker, pair: GoldPair, change: tuple[str, str], lane: str) -> list[Finding]:
    """The findings of a lane in the claims that overlap the changed words."""
    old, new = change
    start = pair.article.index(old)
    report = checker.compare(pair.article.replace(old, new, 1), pair.release)
    return [
        finding
        for claim in report.claims
        if claim.claim.span.overlaps(Span(start, start + len(new)))
        for finding in claim.findings
        if finding.lane == lane
    ]


@pytest.mark.parametrize(("old", "new", "lane", "expected", "at"), PLANTED)
def test_a_planted_change_is_named(
    checker: FactChecker, pair: GoldPair, old: str, new: str, lane: str, expected: str, at: str
) -> None:
    found = findings_at(checker, pair, (old, new), lane)
    assert [f for f in found if expected in {f.kind, f.effect.value} and at in f"{f.claimed.surface} {f.claimed.value}"]


@pytest.mark.parametrize(("old", "new", "lane"), KEPT)
def test_a_change_that_keeps_the_sense_is_not(
    checker: FactChecker, pair: GoldPair, old: str, new: str, lane: str
) -> None:
    found = findings_at(checker, pair, (old, new), lane)
    assert not [f for f in found if f.effect in {Effect.SHIFTS, Effect.CONTRADICTS}]


@pytest.mark.parametrize("written", SAME_FIGURE)
def test_a_figure_written_otherwise_is_the_same(checker: FactChecker, pair: GoldPair, written: str) -> None:
    own = [f.kind for f in findings_at(checker, pair, (TRANSIT, TRANSIT), "figure")]
    assert [f.kind for f in findings_at(checker, pair, (TRANSIT, written), "figure")] == own
