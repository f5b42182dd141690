"""What readers decide on findings and claims: looked at once for the API and for the desk, and kept with the check."""

from __future__ import annotations

from datetime import UTC, datetime

from headwater.api.checks.answers import DecisionRequest
from headwater.api.checks.job import Job
from headwater.api.checks.jobs import Jobs
from headwater.domain.errors import InvalidInputError


async def note_decision(jobs: Jobs, job: Job, decision: DecisionRequest) -> None:
    """Note what was decided on a finding, or on a claim as a whole, with the time.

    Args:
        jobs: Of this process.
        job: Whose claim it is.
        decision: As it was sent.

    Raises:
        InvalidInputError: If there is no such finding, or it is dismissed without a reason.
    """
    claim = next((one for step in job.steps for one in step["claims"] if one["id"] == decision.claim), None)
    if claim is None or (decision.finding is not None and decision.finding >= len(claim["findings"])):
        raise InvalidInputError("the check has no such finding")
    if decision.decision == "dismiss" and not decision.reason.strip():
        raise InvalidInputError("dismissing needs a reason")
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    await jobs.decide(job, {**decision.model_dump(), "at": now})
