"""One claim as the desk shows it: its words and the official ones, marked; its findings; and its edits word by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from headwater.desk.marking import Block, Edit, Mark, Run, edit_words, mark_block
from headwater.domain.findings import Effect, Lane, Severity
from headwater.domain.spans import Span
from headwater.domain.verdicts import Verdict
from headwater.report.wording import EFFECT_WORDS, SEVERITY_WORD, VERDICT_WORDING, VerdictWording

Json = dict[str, Any]
Place = tuple[str, int | None]  # of what is decided on: a claim, and a finding's place or None for the claim as a whole
TOLD = {Lane.FIGURE.value, Lane.QUOTATION.value, Lane.DATE.value}  # lanes whose agreements are worth a line
AGREES = "agrees"


@dataclass(frozen=True, slots=True)
class SeenFinding:
    """A finding on a card.

    Args:
        id: "c3-0": its claim and its place among the claim's findings.
        place: That place.
        weight: Severity, or "agrees".
        words: Severity or agreement in words.
        effect: What it says of the claim, in words.
        body: As the report has it.
        decided: What a reader decided on it, or None.
    """

    id: str
    place: int
    weight: str
    words: str
    effect: str
    body: Json
    decided: Json | None


@dataclass(frozen=True, slots=True)
class SeenPassage:
    """A passage on a card, its words marked."""

    body: Json
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A claim as it is shown.

    Args:
        claim: As the report has it.
        wording: Of its verdict.
        runs: Its words, marked.
        edits: Its words with the edits of its quotations; empty where there are none.
        findings: Those worth telling, in the report's order.
        quiet: Agreements of names and the like: said on one line.
        passages: That it rests on, best first.
        nearest: The nearest passage, where it is not in the source.
        lacks: Whether what is missing is a stop of its own: no finding says it.
        decided: What a reader decided on the claim as a whole, or None.
    """

    claim: Json
    wording: VerdictWording
    runs: tuple[Run, ...]
    edits: tuple[Edit, ...]
    findings: tuple[SeenFinding, ...]
    quiet: tuple[str, ...]
    passages: tuple[SeenPassage, ...]
    nearest: Json | None
    lacks: bool
    decided: Json | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is something to look at."""
        return self.lacks or any(finding.weight != AGREES for finding in self.findings)


def make_card(claim: Json, decisions: Mapping[Place, Json]) -> Card:
    """Return a claim as it is shown.

    Args:
        claim: As the report has it.
        decisions: As `decisions_by_place` returns them.
    """
    findings = [_finding(claim, place, body, decisions) for place, body in enumerate(claim["findings"])]
    told = tuple(one for one in findings if one.weight != AGREES or one.body["lane"] in TOLD)
    edits = [(one.id, one.body) for one in findings if one.body["edit"]]
    start = claim["span"]["start"]
    is_missing = claim["verdict"] == Verdict.NOT_IN_SOURCE.value
    return Card(
        claim,
        VERDICT_WORDING[Verdict(claim["verdict"])],
        mark_block(Block(start, claim["text"]), claimed_marks(claim)),
        edit_words(claim["text"], start, edits) if edits else (),
        told,
        tuple(dict.fromkeys(one.body["claimed"]["text"] for one in findings if one not in told)),
        tuple(SeenPassage(one, _marked(one, claim)) for one in claim["evidence"]),
        claim["nearest"][0] if claim["nearest"] and not claim["evidence"] and claim["topic_known"] else None,
        is_missing and not any(one.weight != AGREES for one in findings),
        decisions.get((claim["id"], None)),
    )


def claimed_marks(claim: Json) -> list[Mark]:
    """Return the marks of a claim's findings in the article, agreements among them."""
    return [
        Mark(_span(body["claimed"]), claim["id"], place, weight_of(body))
        for place, body in enumerate(claim["findings"])
        if body["claimed"]["text"]
    ]


def official_marks(claim: Json, passage: Json | None = None) -> list[Mark]:
    """Return the marks of a claim's findings in official words.

    Args:
        claim: As the report has it.
        passage: Where the words stand; None where all that is cited stands in one text.
    """
    inside = None if passage is None else _span(passage)
    return [
        Mark(_span(side), claim["id"], place, weight_of(body))
        for place, body in enumerate(claim["findings"])
        for side in (([body["official"]] if body["official"] else []) + body["evidence"])
        if side["text"]
        and (passage is None or body["passage_id"] == passage["id"])
        and (inside is None or inside.contains(_span(side)))
    ]


def weight_of(finding: Json) -> str:
    """Return the severity of a finding, or "agrees"."""
    return AGREES if finding["effect"] == Effect.AGREES.value else str(finding["severity"])


def _marked(passage: Json, claim: Json) -> tuple[Run, ...]:
    return mark_block(Block(passage["span"]["start"], passage["text"]), official_marks(claim, passage))


def _finding(claim: Json, place: int, body: Json, decisions: Mapping[Place, Json]) -> SeenFinding:
    weight = weight_of(body)
    words = EFFECT_WORDS[Effect.AGREES] if weight == AGREES else SEVERITY_WORD[Severity(weight)]
    return SeenFinding(
        f"{claim['id']}-{place}",
        place,
        weight,
        words,
        EFFECT_WORDS[Effect(body["effect"])],
        body,
        decisions.get((claim["id"], place)),
    )


def _span(body: Json) -> Span:
    return Span(body["span"]["start"], body["span"]["end"])


def decisions_by_place(decisions: Sequence[Json]) -> dict[Place, Json]:
    """Return decisions by claim and place of the finding; None stands for the claim as a whole."""
    return {(str(one["claim"]), one["finding"]): one for one in decisions}
