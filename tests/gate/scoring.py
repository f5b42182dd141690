"""How far the product's answers agree with the labelled cases, lane by lane; nothing here knows how it decides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.gate.agreement import shared
from tests.gate.cases import Case, LabelledClaim

from headwater.domain.findings import Effect, Finding, Severity
from headwater.domain.spans import Span
from headwater.domain.verdicts import CheckReport, ClaimReport

VERDICTS = ("supported", "shifted", "contradicted", "not_in_source", "not_checkable")
# Where a labelled claim was parted into several reported ones, the gravest answer speaks for it.
GRAVEST_FIRST = ("contradicted", "shifted", "not_in_source", "supported", "not_checkable")
ALARMS = {Effect.SHIFTS, Effect.CONTRADICTS, Effect.NOT_STATED}
LOUD = {Severity.MEDIUM, Severity.HIGH}
LEAST_SHARE = 0.5  # of the smaller of two claims, for one to answer for the other


@dataclass(frozen=True)
class Judgement:
    """One labelled claim and the reported claims that answer for it."""

    case: Case
    claim: LabelledClaim
    reports: tuple[ClaimReport, ...]

    @property
    def verdict(self) -> str:
        given = {report.verdict.value for report in self.reports}
        return next((verdict for verdict in GRAVEST_FIRST if verdict in given), "missing")

    @property
    def agrees(self) -> bool:
        return self.verdict in self.claim.accepted

    @property
    def alarms(self) -> list[Finding]:
        """Findings that tell a reader something is wrong."""
        return [f for report in self.reports for f in report.findings if f.effect in ALARMS and f.severity in LOUD]

    @property
    def is_false_alarm(self) -> bool:
        """A faithful claim that a reader is told to distrust."""
        return self.claim.accepted == {"supported"} and (bool(self.alarms) or self.verdict == "contradicted")

    def catches(self, lane: str, span: Span) -> bool:
        """Whether a finding of the lane, or any finding on the same words, names the error."""
        findings = [f for report in self.reports for f in report.findings if f.effect in ALARMS]
        if any(f.lane.value == lane for f in findings if f.severity is not Severity.INFO):
            return True
        return any(f.claimed.span.overlaps(span) for f in findings if f.severity in LOUD)

    def warns(self) -> bool:
        """Whether a reader is warned at all: by a finding, or by a verdict below supported."""
        return bool(self.alarms) or self.verdict in {"contradicted", "shifted", "not_in_source"}


@dataclass
class Scores:
    """Figures over a set of cases."""

    judgements: list[Judgement] = field(default_factory=list)

    def add(self, case: Case, report: CheckReport) -> None:
        self.judgements += [Judgement(case, claim, _answers(claim, report.claims)) for claim in case.claims]

    @property
    def agreement(self) -> float:
        return _share(j.agrees for j in self.judgements)

    @property
    def macro_f1(self) -> float:
        """Mean F1 over the verdicts that occur; an accepted other verdict counts as the labelled one."""
        pairs = [(j.claim.verdict, j.claim.verdict if j.agrees else j.verdict) for j in self.judgements]
        return sum(f1 for _, f1 in self.f1_by_verdict(pairs)) / len({label for label, _ in pairs})

    def f1_by_verdict(self, pairs: Sequence[tuple[str, str]] | None = None) -> list[tuple[str, float]]:
        pairs = pairs or [(j.claim.verdict, j.claim.verdict if j.agrees else j.verdict) for j in self.judgements]
        labels = [verdict for verdict in VERDICTS if any(label == verdict for label, _ in pairs)]
        return [(label, _f1(pairs, label)) for label in labels]

    @property
    def caught(self) -> dict[str, tuple[int, int]]:
        """Planted errors named, and all of them, by lane."""
        found: dict[str, list[bool]] = defaultdict(list)
        for judgement in self.judgements:
            for error in judgement.claim.errors:
                found[error.lane].append(judgement.catches(error.lane, error.span))
        return {lane: (sum(hits), len(hits)) for lane, hits in sorted(found.items())}

    @property
    def high_severity(self) -> tuple[int, int, int]:
        """Claims with a planted error of high severity: named in its lane, warned of at all, and how many."""
        own = [
            (any(j.catches(e.lane, e.span) for e in j.claim.errors if e.severity == "high"), j.warns())
            for j in self.judgements
            if any(error.severity == "high" for error in j.claim.errors)
        ]
        return sum(named for named, _ in own), sum(warned for _, warned in own), len(own)

    @property
    def false_alarms(self) -> Counter[str]:
        """Faithful claims with an alarm, by faithful case."""
        counted = Counter({j.case.id: 0 for j in self.judgements if j.case.faithful})
        counted.update(j.case.id for j in self.judgements if j.case.faithful and j.is_false_alarm)
        return counted


def _answers(claim: LabelledClaim, reports: Sequence[ClaimReport]) -> tuple[ClaimReport, ...]:
    def answers(report: ClaimReport) -> bool:
        both = shared(claim.span, report.claim.span)
        return both >= LEAST_SHARE * max(1, min(len(claim.span), len(report.claim.span)))

    return tuple(report for report in reports if answers(report))


def _f1(pairs: Sequence[tuple[str, str]], label: str) -> float:
    right = sum(gold == label == ours for gold, ours in pairs)
    wrong = sum((gold == label) != (ours == label) for gold, ours in pairs)
    return 2 * right / (2 * right + wrong) if right else 0.0


def _share(flags: Iterable[bool]) -> float:
    listed = list(flags)
    return sum(listed) / len(listed) if listed else 0.0
