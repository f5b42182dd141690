"""An answer in lines of JSON: claims as they are decided, so that a reader sees where the check of an article is."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import aclosing
from typing import Any, Literal, NamedTuple

import structlog
from pydantic import Field
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from headwater.api.answers import (
    Answer,
    ClaimAnswer,
    OmissionAnswer,
    ProblemAnswer,
    RepairAnswer,
    Versions,
    media_types,
)
from headwater.api.coverage_answers import CorpusScopeAnswer
from headwater.api.problems import error_response
from headwater.api.service import Service
from headwater.domain.verdicts import CheckReport, CheckStep, Verdict
from headwater.logs import describe_fault
from headwater.report.json import report_to_json
from headwater.report.totals import totals_of

NDJSON = "application/x-ndjson"
Steps = Generator[CheckStep | CheckReport, None, None]
log = structlog.get_logger("headwater.api")


class ClaimsLine(Answer):
    """The claims of one more sentence; the first line has none and says how many sentences there are."""

    event: Literal["claims"] = "claims"
    decided: int = Field(description="Sentences decided so far.")
    sentences: int = Field(description="Of how many; a sentence may hold several claims.")
    claims: list[ClaimAnswer]


class FigureTotals(Answer):
    """Figures of the text by what the official source says of them."""

    agree: int
    differ: int
    not_stated: int


class Totals(Answer):
    """A whole check in a few numbers."""

    claims: int
    checked: int = Field(description="Without those that nothing can be checked in.")
    figures: FigureTotals
    findings: dict[str, int] = Field(description="Findings that are no agreement, by severity.")
    found_share: float = Field(
        description="Part, from 0 to 1, of the words of all claims that stands in claims an official source speaks to,"
        " without the words it does not state."
    )


class SummaryLine(Answer):
    """The last line: what the plain answer holds besides the claims, and the totals."""

    event: Literal["summary"] = "summary"
    totals: Totals
    summary: dict[Verdict, int] = Field(description="Claims by verdict.")
    omissions: list[OmissionAnswer]
    repairs: list[RepairAnswer]
    notices: list[str]
    coverage: CorpusScopeAnswer | None
    versions: Versions
    elapsed_ms: dict[str, float]


class ProblemLine(Answer):
    """The last line of a check that failed on its way."""

    event: Literal["problem"] = "problem"
    problem: ProblemAnswer


class Line(NamedTuple):
    """A line as it is sent, and the claims in it."""

    encoded: bytes
    claims: int


def wants_lines(accept: str) -> bool:
    """Say whether the header `Accept` asks for lines."""
    return NDJSON in media_types(accept)


async def answer_in_lines(service: Service, steps: Steps, scope: Mapping[str, Any], *, text: str) -> StreamingResponse:
    """Answer with a check under way.

    The first step is made before the answer begins, so a text or a corpus that cannot be used is a plain problem.
    Each further step takes its turn on a thread: when the reader has gone nothing more is decided.

    Args:
        service: Runs the steps.
        steps: The check.
        scope: Of the request, for the identifier in a problem.
        text: That is checked.

    Returns:
        The answer.

    Raises:
        HeadwaterError: If the text or the corpus cannot be used, or all threads are busy.
    """
    service.require_lengths(text=text)
    first = await service.workers.run(lambda: _next_line(steps))
    return LinesResponse(_lines(service, steps, first, scope, text=text), media_type=NDJSON)


class LinesResponse(StreamingResponse):
    """An answer that ends its check when the reader has gone, not when the collector comes by."""

    def __init__(self, lines: AsyncGenerator[bytes, None], media_type: str) -> None:
        super().__init__(lines, media_type=media_type)
        self.lines = lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the lines."""
        async with aclosing(self.lines):
            await super().__call__(scope, receive, send)


async def _lines(
    service: Service, steps: Steps, newest: Line, scope: Mapping[str, Any], *, text: str
) -> AsyncGenerator[bytes, None]:
    claims = 0
    try:
        while newest.encoded:
            yield newest.encoded
            claims += newest.claims
            newest = await service.workers.go_on(lambda: _next_line(steps))
        service.note_checked(claims, text=text)
    except Exception as error:  # the status has gone out: a fault can only be the last line
        log.error("request failed", **describe_fault(error))
        problem = ProblemAnswer.model_validate_json(bytes(error_response(scope, error).body))
        yield _encoded(ProblemLine(problem=problem))
    finally:
        steps.close()


def _next_line(steps: Steps) -> Line:
    """Make the next step and write it out, both on a thread; an empty line says that there is none."""
    step = next(steps, None)
    if step is None:
        return Line(b"", 0)
    if isinstance(step, CheckReport):
        rest = report_to_json(step)
        del rest["claims"]
        return Line(_encoded(SummaryLine.model_validate({**rest, "totals": totals_of(step)})), 0)
    claims = report_to_json(CheckReport(step.claims))["claims"]
    line = ClaimsLine(decided=step.decided, sentences=step.sentences, claims=claims)
    return Line(_encoded(line), len(claims))


def _encoded(line: Answer) -> bytes:
    return line.model_dump_json().encode() + b"\n"
