"""The seed pair's bar, item by item: what the gold README asks for, and where an answer stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.gate.agreement import Answer, answers, rank_of_gold, shared
from tests.gate.gold import GoldPair

from headwater.domain.findings import Effect, Finding, Lane
from headwater.domain.verdicts import CheckReport, Verdict

NOT_STATED_FIGURES = ("31,000", "20", "27")
NOT_STATED_YEARS = ("2024", "2022")


@dataclass(frozen=True)
class Item:
    """One line of the bar."""

    name: str
    reached: int
    wanted: int
    detail: str = ""

    @property
    def holds(self) -> bool:
        return self.reached >= self.wanted

    def __str__(self) -> str:
        return (
            f"{'ok ' if self.holds else 'low'} {self.name}: {self.reached} (bar {self.wanted}) {self.detail}".rstrip()
        )


def seed_bar(pair: GoldPair, report: CheckReport, document: str) -> list[Item]:
    found = answers(pair, report)
    return [
        Item("quotations with exactly the gold's edits", *_quotations(pair, found)),
        Item("figures right", *_figures(report)),
        Item("claims without contradiction", *_uncontradicted(report)),
        Item("not_in_source recalled", *_recalled(found)),
        Item("not_in_source not called supported", *_not_supported(found)),
        Item("a gold passage first", *_ranked(pair, found, document, 1, 20)),
        Item("a gold passage in the first three", *_ranked(pair, found, document, 3, 24)),
        Item("omissions listed", *_omissions(report)),
        Item(
            "verdicts as the gold's",
            sum(answer.agrees for answer in found),
            0,
            f"of {len(found)}; no bar in this issue",
        ),
    ]


def edits(findings: Iterable[Finding]) -> set[tuple[str, str, str, str]]:
    """The edits of a quotation as the gold writes them: operation, token, kind, severity."""
    return {
        (f.edit, f.claimed.surface or (f.official.surface if f.official else ""), f.kind, f.severity.value)
        for f in findings
        if f.lane is Lane.QUOTATION and f.edit
    }


def _quotations(pair: GoldPair, found: Sequence[Answer]) -> tuple[int, int, str]:
    quoted = [answer for answer in found if answer.gold.verdict.startswith("quote_")]
    wrong = []
    for answer in quoted:
        gold = {(e["edit"], e["token"], e["kind"], e["severity"]) for e in pair.edits if e["claim"] == answer.gold.id}
        own = [f for f in answer.report.findings if f.lane is Lane.QUOTATION] if answer.report else []
        if edits(own) != gold or not own or any(f.effect is Effect.NOT_STATED for f in own):
            wrong.append(answer.gold.id)
    return len(quoted) - len(wrong), len(quoted), " ".join(wrong)


def _figures(report: CheckReport) -> tuple[int, int, str]:
    own = {plain(f.claimed.surface): f for c in report.claims for f in c.findings if f.lane in {Lane.FIGURE, Lane.DATE}}
    right = {
        "100,000": _agrees(own.get("100,000"), "100,000"),
        "£75 million": _agrees(own.get("ÂŁ75 million"), "£75 million"),
        **{surface: _unstated(own.get(surface)) for surface in (*NOT_STATED_FIGURES, *NOT_STATED_YEARS)},
        "one roof is no figure": not any(surface.startswith("one") for surface in own),
    }
    return sum(right.values()), len(right), " ".join(name for name, holds in right.items() if not holds)


def _agrees(finding: Finding | None, surface: str) -> bool:
    return bool(
        finding
        and finding.effect in {Effect.AGREES, Effect.SHIFTS}
        and finding.kind != "value"
        and finding.official
        and plain(finding.official.surface) == surface
    )


def _unstated(finding: Finding | None) -> bool:
    return bool(finding and finding.effect is Effect.NOT_STATED and finding.official is None)


def plain(surface: str) -> str:
    """Words as written, however their white space is: a page has no-break spaces, a wrapped text line ends."""
    return " ".join(surface.split())


def _uncontradicted(report: CheckReport) -> tuple[int, int, str]:
    wrong = [
        c.claim.id
        for c in report.claims
        if c.verdict is Verdict.CONTRADICTED or any(f.effect is Effect.CONTRADICTS for f in c.findings)
    ]
    return len(report.claims) - len(wrong), len(report.claims), " ".join(wrong)


def _recalled(found: Sequence[Answer]) -> tuple[int, int, str]:
    absent = [answer for answer in found if answer.gold.verdict == "not_in_source"]
    wrong = [answer.gold.id for answer in absent if answer.verdict != "not_in_source"]
    return len(absent) - len(wrong), 14, " ".join(wrong)


def _not_supported(found: Sequence[Answer]) -> tuple[int, int, str]:
    absent = [answer for answer in found if answer.gold.verdict == "not_in_source"]
    wrong = [answer.gold.id for answer in absent if answer.verdict == "supported"]
    return len(absent) - len(wrong), len(absent), " ".join(wrong)


def _ranked(pair: GoldPair, found: Sequence[Answer], document: str, within: int, wanted: int) -> tuple[int, int, str]:
    """Sentences of the article that have a gold passage, the passage found among the first ones."""
    sentences: dict[int, bool] = {}
    for answer in found:
        if not answer.report or not answer.gold.passages:
            continue
        number = answer.report.claim.sentence_id
        rank = rank_of_gold(pair, answer.gold, answer.report.nearest, document)
        sentences[number] = sentences.get(number, False) or (rank is not None and rank <= within)
    return sum(sentences.values()), min(wanted, len(sentences)), f"of {len(sentences)} sentences"


def _omissions(report: CheckReport) -> tuple[int, int, str]:
    wanted = ("9,400", "2,590", "19%")
    listed = " ".join(omission.surface for omission in report.omissions)
    return sum(figure in listed for figure in wanted), len(wanted), ""


def overlapping(report: CheckReport, pair: GoldPair, identifier: str) -> list[Finding]:
    """The findings of the reported claims that share words with a gold claim."""
    gold = next(claim for claim in pair.claims if claim.id == identifier)
    return [f for c in report.claims if shared(c.claim.span, gold.span) for f in c.findings]
