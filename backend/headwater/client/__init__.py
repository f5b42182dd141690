"""A client of the service for Python programs, with and without `async`.

    from headwater.client import Headwater

    with Headwater("http://127.0.0.1:8710", api_key="hw_...") as headwater:
        for claim in headwater.match("The fund is worth £57 million.").claims:
            print(claim.verdict, claim.text)

It needs httpx and pydantic alone: neither a model nor a corpus is loaded. Errors:

    HeadwaterClientError
    |-- ServiceUnreachableError   no connection, or no answer in time
    |-- BadAnswerError            the answer is not what this version understands
    `-- ProblemError              the service answered with a problem (RFC 9457); `slug` names it
        |-- KeyRefusedError       401 and 403
        |-- LimitedError          429 and 503 after all tries; `retry_after` says how long to wait
        `-- InvalidRequestError   other answers from 400 to 499
            |-- NoSuchThingError  404
            `-- ConflictError     409
"""

from headwater.client.answers import (
    Batch,
    BatchResult,
    Check,
    Claim,
    ClaimsStep,
    Coverage,
    Decisions,
    Document,
    DocumentPage,
    Finding,
    IngestedDocument,
    Job,
    JobEnd,
    ListedDocument,
    Passage,
    Readiness,
    Report,
    ServiceVersions,
    Side,
    Span,
    SummaryStep,
)
from headwater.client.awaiting import AsyncHeadwater
from headwater.client.blocking import Headwater
from headwater.client.errors import (
    BadAnswerError,
    ConflictError,
    HeadwaterClientError,
    InvalidRequestError,
    KeyRefusedError,
    LimitedError,
    NoSuchThingError,
    ProblemError,
    ServiceUnreachableError,
)
from headwater.client.given import Article, CheckOptions, File, Official, Particulars

__all__ = [
    "Article",
    "AsyncHeadwater",
    "BadAnswerError",
    "Batch",
    "BatchResult",
    "Check",
    "CheckOptions",
    "Claim",
    "ClaimsStep",
    "ConflictError",
    "Coverage",
    "Decisions",
    "Document",
    "DocumentPage",
    "File",
    "Finding",
    "Headwater",
    "HeadwaterClientError",
    "IngestedDocument",
    "InvalidRequestError",
    "Job",
    "JobEnd",
    "KeyRefusedError",
    "LimitedError",
    "ListedDocument",
    "NoSuchThingError",
    "Official",
    "Particulars",
    "Passage",
    "ProblemError",
    "Readiness",
    "Report",
    "ServiceUnreachableError",
    "ServiceVersions",
    "Side",
    "Span",
    "SummaryStep",
]
