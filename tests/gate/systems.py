"""What a system says of each labelled claim, and the figures of the gate that are the same for every system.

A *call* is one system's answer to one labelled claim: whether a reader is warned, and the verdict given. Of a label,

* the claim is *wrong* where no accepted verdict is supported or not_checkable: a reader must be warned;
* the claim is *faithful* where the only accepted verdict is supported: a reader must be left in peace;
* any other claim (a careful second labeller could differ, or nothing can be checked) counts for neither side.

Warnings: precision = wrong claims warned of / (wrong and faithful claims warned of); recall = wrong claims warned of /
wrong claims. A false alarm is a faithful claim of a faithful article with a finding of medium or high severity, or
called contradicted; "warned of" counts the verdicts shifted and not_in_source, too. For a baseline both are warnings.
Verdicts: an accepted other verdict counts as the labelled one; macro = plain mean over the labels that occur.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.gate.cases import LabelledClaim
from tests.gate.scoring import VERDICTS, Judgement


@dataclass(frozen=True)
class Call:
    """One system's answer to one labelled claim; `alarmed` is what counts as a false alarm on a faithful claim."""

    warned: bool
    verdict: str
    alarmed: bool


@dataclass(frozen=True)
class Measure:
    """Precision, recall and F1 with the counts they come from; None where nothing is counted."""

    right: int  # answers of the system that are right
    given: int  # answers of the system
    met: int  # labels that the system met
    wanted: int  # labels

    @property
    def precision(self) -> float | None:
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        return self.met / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        if self.precision is None or self.recall is None:
            return None
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_values(self) -> dict[str, float | int | None]:
        return {
            "precision": rounded(self.precision),
            "recall": rounded(self.recall),
            "f1": rounded(self.f1),
            "right": self.right,
            "given": self.given,
            "met": self.met,
            "wanted": self.wanted,
        }


def is_wrong(claim: LabelledClaim) -> bool:
    return not claim.accepted & {"supported", "not_checkable"}


def is_faithful(claim: LabelledClaim) -> bool:
    return claim.accepted == {"supported"}


def is_high(claim: LabelledClaim) -> bool:
    return any(error.severity == "high" for error in claim.errors)


def product_call(judgement: Judgement) -> Call:
    return Call(judgement.warns(), judgement.verdict, bool(judgement.alarms) or judgement.verdict == "contradicted")


def warnings(judgements: Sequence[Judgement], calls: Sequence[Call]) -> Measure:
    pairs = [(j.claim, c.warned) for j, c in zip(judgements, calls, strict=True)]
    met = sum(warned for claim, warned in pairs if is_wrong(claim))
    loud = sum(warned for claim, warned in pairs if is_faithful(claim))
    return Measure(met, met + loud, met, sum(is_wrong(claim) for claim, _ in pairs))


def verdict_measures(judgements: Sequence[Judgement], calls: Sequence[Call]) -> dict[str, Measure]:
    """One measure for each verdict that is the label of a claim."""
    pairs = [
        (j.claim.verdict, j.claim.verdict if c.verdict in j.claim.accepted else c.verdict)
        for j, c in zip(judgements, calls, strict=True)
    ]
    found = {}
    for label in VERDICTS:
        wanted = sum(gold == label for gold, _ in pairs)
        if wanted:
            right = sum(gold == label == own for gold, own in pairs)
            found[label] = Measure(right, sum(own == label for _, own in pairs), right, wanted)
    return found


def macro(measures: Iterable[Measure]) -> dict[str, float | None]:
    """Plain means over the verdicts; a verdict never given has precision 0."""
    listed = list(measures)
    columns = {
        "precision": [m.precision or 0.0 for m in listed],
        "recall": [m.recall or 0.0 for m in listed],
        "f1": [m.f1 or 0.0 for m in listed],
    }
    return {name: rounded(sum(values) / len(values)) if values else None for name, values in columns.items()}


def figures(judgements: Sequence[Judgement], calls: Sequence[Call]) -> dict[str, object]:
    """All figures of one system that need no finding."""
    pairs = list(zip(judgements, calls, strict=True))
    high = [call.warned for judgement, call in pairs if is_high(judgement.claim)]
    at_peace = [(j, c) for j, c in pairs if j.case.faithful and is_faithful(j.claim)]
    articles = len({j.case.id for j, _ in pairs if j.case.faithful})
    verdicts = verdict_measures(judgements, calls)
    return {
        "warnings": warnings(judgements, calls).as_values(),
        "high_severity": {"warned": sum(high), "claims": len(high), "recall": share(high)},
        "false_alarms": {
            "alarms": sum(c.alarmed for _, c in at_peace),
            "articles": articles,
            "per_article": rounded(sum(c.alarmed for _, c in at_peace) / articles) if articles else None,
        },
        "warned_in_faithful": rounded(sum(c.warned for _, c in at_peace) / articles) if articles else None,
        "verdicts": {label: measure.as_values() for label, measure in verdicts.items()},
        "macro": macro(verdicts.values()),
        "agree": share([c.verdict in j.claim.accepted for j, c in pairs]),
        "lanes_warned": _lanes_warned(pairs),
    }


def _lanes_warned(pairs: Sequence[tuple[Judgement, Call]]) -> dict[str, float | None]:
    """The share of each lane's labelled errors that stand in a claim a reader is warned of."""
    seen: dict[str, list[bool]] = defaultdict(list)
    for judgement, call in pairs:
        for error in judgement.claim.errors:
            seen[error.lane].append(call.warned)
    return {lane: share(flags) for lane, flags in sorted(seen.items())}


def share(flags: Sequence[bool]) -> float | None:
    return rounded(sum(flags) / len(flags)) if flags else None


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
