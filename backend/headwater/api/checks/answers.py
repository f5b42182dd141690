"""What is answered about a check that is made as a job."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from headwater.api.answers import Answer
from headwater.api.checks.asked import without_text
from headwater.api.checks.job import Job
from headwater.api.schemas import Request, ShortText, whole
from headwater.corpus.saved_checks import DONE

State = Literal["waiting", "running", "done", "failed", "cancelled", "interrupted"]


class JobAnswer(Answer):
    """A check that is made as a job: how far it is, and what it came to."""

    id: str = Field(description="Unguessable; whoever knows it may read the check.")
    state: State = Field(
        description="`interrupted`: its process ended, and rules, model or corpus have changed since its first claims."
    )
    saved: bool = Field(description="Whether it is kept for days, and not only until its report has been fetched.")
    created: datetime
    ended: datetime | None
    expires: datetime = Field(description="When it is forgotten or deleted.")
    decided: int = Field(description="Sentences decided so far.")
    sentences: int | None = Field(description="Of how many, once they are counted.")
    article: dict[str, Any] = Field(description="What is known of the article, without its words.")
    source: dict[str, Any] | None = Field(description="Likewise of the official text given.")
    claims: list[dict[str, Any]] = Field(description="Those decided so far, as `/v1/match` describes them.")
    report: dict[str, Any] | None = Field(
        description="Once it is done: all of `/v1/match`'s answer, `tables`, `totals`, `decisions`, `receipt`, and"
        " `changes` since the receipt that it was held against."
    )
    problem: dict[str, Any] | None = Field(description="Why it failed.")


class DecisionRequest(Request):
    """What a reader decides on a finding, or on a claim as a whole."""

    claim: str = Field(max_length=20, description="Id of the claim.")
    finding: Annotated[int, Field(ge=0), BeforeValidator(whole)] | None = Field(
        None,
        description="Place of the finding in the claim's list, from 0; without one the claim as a whole is meant, as"
        " where nothing but its verdict says that the source does not state it.",
    )
    decision: Literal["accept", "dismiss", ""] = Field(description='"" takes back what was decided before.')
    reason: ShortText = Field("", description="Why; must be given to dismiss.")
    who: ShortText = Field("", description="Who decided.")


class DecisionsAnswer(Answer):
    """All decisions that count."""

    decisions: list[dict[str, Any]]


def answer_of(job: Job) -> JobAnswer:
    """Return what is answered about a job."""
    last = job.steps[-1] if job.steps else None
    is_done = job.state == DONE
    return JobAnswer.model_validate(
        {
            "id": job.check_id,
            "state": job.state,
            "saved": job.is_kept,
            "created": job.created,
            "ended": job.ended,
            "expires": job.expires,
            "decided": last["decided"] if last else 0,
            "sentences": last["sentences"] if last else None,
            "article": without_text(job.asked.article),
            "source": without_text(job.asked.source) if job.asked.source else None,
            "claims": [] if is_done else [claim for step in job.steps for claim in step["claims"]],
            "report": job.report() if is_done else None,
            "problem": job.problem or None,
        }
    )
