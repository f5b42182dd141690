"""A client of the service for Python programs, with and without `async`.

    from headwater.client import Headwater

    with Headwater("http://127.0.0.1:8710", api_key="hw_...") as headwater:
        for claim in headwater.match("The fund is worth £57 million.").claims:
            print(claim.verdict, claim.text)

It needs httpx and pydantic alone: neither a model nor a corpus is loaded. Errors:

    HeadwaterClientError
    |-- ServiceUnreachableError   no connection, or no answer in time
    |-- BadAnswerError            the answer is not what this version understands
    `-- ProblemError              the service answered with a problem (RFC 9457)
        |-- KeyRefusedError       401 and 403
        |-- LimitedError          429 and 503 after all tries; `retry_after` says how long to wait
        `-- InvalidRequestError   other answers from 400 to 499
"""

from headwater.client.answers import (
    Batch,
    BatchResult,
    Check,
    Claim,
    ClaimsStep,
    Document,
    DocumentPage,
    Finding,
    ListedDocument,
    Passage,
    Side,
    Span,
    SummaryStep,
)
from headwater.client.asking import AsyncHeadwater, Headwater
from headwater.client.errors import (
    BadAnswerError,
    HeadwaterClientError,
    InvalidRequestError,
    KeyRefusedError,
    LimitedError,
    ProblemError,
    ServiceUnreachableError,
)

__all__ = [
    "AsyncHeadwater",
    "BadAnswerError",
    "Batch",
    "BatchResult",
    "Check",
    "Claim",
    "ClaimsStep",
    "Document",
    "DocumentPage",
    "Finding",
    "Headwater",
    "HeadwaterClientError",
    "InvalidRequestError",
    "KeyRefusedError",
    "LimitedError",
    "ListedDocument",
    "Passage",
    "ProblemError",
    "ServiceUnreachableError",
    "Side",
    "Span",
    "SummaryStep",
]
