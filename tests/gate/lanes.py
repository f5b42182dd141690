"""Each lane's own precision, recall and F1.

An *alarm* is a finding that says shifted, contradicted or not stated and is above info, on words of the labelled claim.

* It is *right* where it hits a labelled error of its claim (one of its own lane, or one whose words it stands on), or
  where the claim's label does not accept supported (the claim is wrong, and the alarm says so).
* It is *wrong* where supported is all that the label accepts.
* Else (supported is one of several accepted verdicts) it is *open*, and counts for neither.

Precision of a lane = right alarms / right and wrong alarms. Recall = labelled errors of the lane that are named (by an
alarm of the lane, or by an alarm of medium or high severity of any lane on the same words) / its labelled errors.
`pointed` is the stricter precision: alarms that hit a labelled error / those and all others in claims that hold a
labelled error or accept supported; it shows alarms that only happen to stand in a wrong claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.gate.scoring import ALARMS, Judgement
from tests.gate.systems import Measure, is_faithful, rounded

from headwater.domain.findings import Finding, Lane, Severity

Alarm = tuple[Judgement, Finding]


def lane_figures(judgements: Sequence[Judgement]) -> dict[str, dict[str, float | int | None]]:
    """The figures of each lane that raised an alarm or has a labelled error."""
    found = {}
    for lane in Lane:
        wanted = [(j, error) for j in judgements for error in j.claim.errors if error.lane == lane.value]
        alarms = list(alarms_of(judgements, lane))
        if not wanted and not alarms:
            continue
        met = sum(j.catches(lane.value, error.span) for j, error in wanted)
        outcomes = [outcome for alarm in alarms if (outcome := is_right(*alarm)) is not None]
        values = Measure(sum(outcomes), len(outcomes), met, len(wanted)).as_values()
        pointed = [hits(j, f) for j, f in alarms if j.claim.errors or "supported" in j.claim.accepted]
        found[lane.value] = {**values, "pointed": rounded(sum(pointed) / len(pointed)) if pointed else None}
    return found


def alarms_of(judgements: Sequence[Judgement], lane: Lane) -> Iterator[Alarm]:
    """The alarms of a lane, each once, though several labelled claims may share the reported claim it belongs to."""
    seen = set()
    for judgement in judgements:
        for report in judgement.reports:
            for finding in report.findings:
                key = (judgement.case.id, finding)
                loud = finding.effect in ALARMS and finding.severity is not Severity.INFO
                if finding.lane is lane and loud and _stands_on(judgement, finding) and key not in seen:
                    seen.add(key)
                    yield judgement, finding


def is_right(judgement: Judgement, finding: Finding) -> bool | None:
    """Whether an alarm is right; None where it is open."""
    if hits(judgement, finding) or "supported" not in judgement.claim.accepted:
        return True
    return False if is_faithful(judgement.claim) else None


def hits(judgement: Judgement, finding: Finding) -> bool:
    errors = judgement.claim.errors
    return any(e.lane == finding.lane.value or finding.claimed.span.overlaps(e.span) for e in errors)


def _stands_on(judgement: Judgement, finding: Finding) -> bool:
    """Whether a finding speaks of this labelled claim: it stands on its words, or on none (words left out)."""
    span = finding.claimed.span
    return len(span) == 0 or span.overlaps(judgement.claim.span)
