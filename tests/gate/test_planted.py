"""Changes planted in the seed article, each alone, on the pair as text and as web pages.

The whole article goes through the real service every time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from tests.gate.forms import FORMS, as_page, find_all, loosely
from tests.gate.gold import FIXTURES, GoldPair, seed_pair

from headwater.checking import CheckContext, FactChecker
from headwater.corpus.store import CorpusStore
from headwater.domain.findings import Effect, Finding
from headwater.domain.spans import Span
from headwater.retrieval.memory import InMemoryRetriever
from headwater.retrieval.retriever import HybridRetriever
from headwater.settings import load_settings
from headwater.sources.ingest import ingest
from headwater.wiring import open_encoder
from headwater_embeddings.cached import CachedEncoder

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


FORM_NAMES = ("text", "page")


@pytest.fixture(scope="module")
def encoder() -> CachedEncoder:
    return CachedEncoder(open_encoder(load_settings()))  # one change leaves the other sentences as they were


@pytest.fixture(scope="module")
def checker(encoder: CachedEncoder) -> FactChecker:
    return FactChecker(encoder, InMemoryRetriever(()))


@pytest.fixture(scope="module")
def pair() -> GoldPair:
    return seed_pair()


def findings_at(checker: FactChecker, pair: GoldPair, change: tuple[str, str], lane: str, form: str) -> list[Finding]:
    """The findings of a lane in the claims that overlap the changed words, both texts written in a form."""
    old, new = change
    start = pair.article.index(old)
    before, after = pair.article[:start], pair.article[start + len(old) :]
    article = FORMS[form].article(before + new + after)
    changed = Span(len(before), len(before) + len(new))
    if form != "text":
        last = after.split("\n", 1)[0]
        [changed] = find_all(article, [before.rsplit("\n", 1)[-1] + new + last])
        changed = Span(*_within(article, changed, new))
    report = checker.compare(article, FORMS[form].release(pair.release))
    return [
        finding
        for claim in report.claims
        if claim.claim.span.overlaps(changed)
        for finding in claim.findings
        if finding.lane == lane
    ]


def _within(article: str, line: Span, words: str) -> tuple[int, int]:
    found = loosely(words).search(article, line.start, line.end)
    assert found is not None
    return found.span()


@pytest.mark.parametrize("form", FORM_NAMES)
@pytest.mark.parametrize(("old", "new", "lane", "expected", "at"), PLANTED)
def test_a_planted_change_is_named(
    checker: FactChecker, pair: GoldPair, old: str, new: str, lane: str, expected: str, at: str, form: str
) -> None:
    found = findings_at(checker, pair, (old, new), lane, form)
    assert [f for f in found if expected in {f.kind, f.effect.value} and at in f"{f.claimed.surface} {f.claimed.value}"]


@pytest.mark.parametrize("form", FORM_NAMES)
@pytest.mark.parametrize(("old", "new", "lane"), KEPT)
def test_a_change_that_keeps_the_sense_is_not(
    checker: FactChecker, pair: GoldPair, old: str, new: str, lane: str, form: str
) -> None:
    found = findings_at(checker, pair, (old, new), lane, form)
    assert not [f for f in found if f.effect in {Effect.SHIFTS, Effect.CONTRADICTS}]


@pytest.mark.parametrize("form", FORM_NAMES)
@pytest.mark.parametrize("written", SAME_FIGURE)
def test_a_figure_written_otherwise_is_the_same(checker: FactChecker, pair: GoldPair, written: str, form: str) -> None:
    own = [f.kind for f in findings_at(checker, pair, (TRANSIT, TRANSIT), "figure", form)]
    assert [f.kind for f in findings_at(checker, pair, (TRANSIT, written), "figure", form)] == own


STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


@pytest.mark.parametrize("form", FORM_NAMES)
def test_straight_marks_change_no_verdict_and_no_finding(checker: FactChecker, pair: GoldPair, form: str) -> None:
    release = FORMS[form].release(pair.release)
    curly = checker.compare(FORMS[form].article(pair.article), release)
    straight = checker.compare(FORMS[form].article(pair.article.translate(STRAIGHT)), release)
    assert [(c.verdict, sorted(f.rule for f in c.findings)) for c in straight.claims] == [
        (c.verdict, sorted(f.rule for f in c.findings)) for c in curly.claims
    ]


# Change 16: the release is issued again two days later with £85 million. The article's figure, its day, the rule.
REISSUED, SOON, LATE = "2024-11-09", date(2024, 11, 8), date(2024, 11, 12)
VERSIONS = [
    (FUND, None, "VER-SUPERSEDED", "shifted"),
    (FUND, SOON, "VER-CHANGED-SINCE", "supported"),
    (FUND, LATE, "VER-NOT-IN-FORCE", "shifted"),
    ("£85 million", None, "VER-CHANGED-BEFORE", "supported"),
    ("£85 million", SOON, "VER-NOT-IN-FORCE", "shifted"),
    ("£57 million", SOON, "VER-BOTH", "contradicted"),
]


@pytest.fixture(scope="module", params=FORM_NAMES)
def reissued(
    request: pytest.FixtureRequest, pair: GoldPair, encoder: CachedEncoder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, FactChecker]]:
    """The release and its new issue in a corpus, stored as texts or as web pages."""
    form, folder = request.param, tmp_path_factory.mktemp("reissued")
    known = json.loads((FIXTURES / "seed" / "release.meta.json").read_text("utf-8"))
    del known["content_sha256"]  # of the text as it was first issued
    for name, amount, updated in (("first", "£75 million", known["updated_at"]), ("second", "£85 million", REISSUED)):
        text = pair.release.replace("£75 million", amount)
        suffix, written = (".html", as_page(text)) if form == "page" else (".txt", text)
        (folder / name).mkdir()
        (folder / name / f"release{suffix}").write_text(written, "utf-8")
        about = json.dumps({**known, "updated_at": updated})
        (folder / name / "release.meta.json").write_text(about, "utf-8")
    with CorpusStore(folder / "corpus.sqlite3") as store:
        ingest([folder / "first", folder / "second"], store, encoder)
        assert store.counts().versions == 2
        searcher = HybridRetriever(store, encoder.model_id)
        yield form, FactChecker(encoder, searcher, passages_of=store.passages_of, versions_of=store.versions)


@pytest.mark.parametrize(("figure", "day", "rule", "verdict"), VERSIONS)
def test_a_reissued_release_is_cited_in_both_versions(
    reissued: tuple[str, FactChecker], pair: GoldPair, figure: str, day: date | None, rule: str, verdict: str
) -> None:
    form, checker = reissued
    article = FORMS[form].article(pair.article.replace(FUND, figure))
    report = checker.check(article, CheckContext(published=day))
    [claim] = [c for c in report.claims if "million" in c.claim.text]
    [finding] = [f for f in claim.findings if f.rule.startswith("VER-")]
    assert (finding.rule, claim.verdict.value) == (rule, verdict)
    assert {hit.passage.document.version for hit in claim.evidence} == {1, 2}
    assert "£75 million" in finding.explanation
    assert "£85 million" in finding.explanation
    cited = {hit.passage.id: hit.passage for hit in claim.evidence}[finding.passage_id]
    assert finding.official.surface in cited.text


def test_what_the_new_issue_left_as_it_was_has_no_word_of_it(reissued: tuple[str, FactChecker], pair: GoldPair) -> None:
    form, checker = reissued
    report = checker.check(FORMS[form].article(pair.article))
    changed = [c for c in report.claims if any(f.rule.startswith("VER-") for f in c.findings)]
    assert len(changed) == 1
