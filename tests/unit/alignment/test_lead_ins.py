"""The line above a list tells the day of its items, and nothing else."""

from __future__ import annotations

import pytest

from headwater.alignment.lead_ins import REACH, LeadIns
from headwater.checking import FactChecker
from headwater.corpus.given import given_passages
from headwater.domain.verdicts import ClaimReport
from headwater.retrieval.memory import InMemoryRetriever
from headwater_embeddings.hashing import HashingEncoder

SOURCE = """\
Figures are provisional.

The data below is for the 24-hour period 00:00 to 23:59, 23 May 2022.
- Number of migrants detected in small boats: 252
- Number of boats detected: 7

The next page follows on 25 May 2022.
"""


def check(text: str) -> ClaimReport:
    """Check against the source, of which the search finds one item alone."""
    encoder = HashingEncoder()
    passages = given_passages(SOURCE)
    found = [passage for passage in passages if "migrants" in passage.text]
    searcher = InMemoryRetriever(found, encoder.encode([passage.text for passage in found]))
    checker = FactChecker(encoder, searcher, passages_of=lambda _document, _version: passages)
    [claim, *_] = checker.check(text).claims
    return claim


def test_a_day_in_the_line_above_a_list_is_stated_and_the_line_is_shown() -> None:
    claim = check("252 migrants were detected in small boats on 23 May 2022.")
    [day] = [finding for finding in claim.findings if finding.rule.startswith("DAT-")]
    assert day.rule == "DAT-SAME"
    assert day.passage_id in {hit.passage.id for hit in claim.evidence}
    assert any("00:00 to 23:59" in hit.passage.text for hit in claim.evidence)


@pytest.mark.parametrize("day", ["24 May 2022", "23 June 2022", "23 May 2021"])
def test_another_day_is_neither_stated_nor_contradicted_by_the_line(day: str) -> None:
    claim = check(f"252 migrants were detected in small boats on {day}.")
    [told] = {finding.rule for finding in claim.findings if finding.rule.startswith("DAT-")}
    assert told in {"DAT-NOT-STATED", "DAT-NOWHERE"}  # a day of another month or year stands nowhere in the document
    assert not any("00:00 to 23:59" in hit.passage.text for hit in claim.evidence)


def test_what_leads_a_list_in_is_the_paragraph_just_above_it() -> None:
    passages = given_passages(SOURCE)
    leads = LeadIns(lambda _document, _version: passages)
    items = [passage for passage in passages if passage.text.startswith("Number")]
    assert [lead.text[:14] for lead in leads.of(items)] == ["The data below"]
    assert leads.of([passages[0]]) == ()


def test_a_list_without_a_line_above_or_with_too_many_items_has_none() -> None:
    for source in ("- One thing\n- Another thing\n\nWords.", "Above:\n" + "\n".join(["- An item"] * (REACH + 2))):
        passages = given_passages(source)
        leads = LeadIns(lambda _document, _version: ())
        leads.learn(passages)
        assert leads.of([next(one for one in reversed(passages) if one.kind.value == "list_item")]) == ()


def test_a_document_that_is_not_stored_has_no_lead_ins() -> None:
    passages = given_passages(SOURCE)
    assert LeadIns(lambda _document, _version: ()).of(passages) == ()
