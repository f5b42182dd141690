"""What can go wrong between a program and the service; the tree is drawn where the package begins."""

from __future__ import annotations


class HeadwaterClientError(Exception):
    """Base of all errors of the client."""


class ServiceUnreachableError(HeadwaterClientError):
    """There is no connection, or no answer in time."""


class BadAnswerError(HeadwaterClientError):
    """The answer is not what this version understands."""


class ProblemError(HeadwaterClientError):
    """The service answered with a problem.

    Args:
        status: Of the answer.
        slug: End of the problem's type: "empty-text", "rate-limited".
        detail: What was wrong this time.
        request_id: What the operator finds it by in the logs.
        retry_after: Seconds to wait before the next try; None where the service does not say.
    """

    def __init__(
        self, status: int, slug: str, detail: str, *, request_id: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(f"{status} {slug}: {detail}")
        self.status, self.slug, self.detail = status, slug, detail
        self.request_id, self.retry_after = request_id, retry_after


class KeyRefusedError(ProblemError):
    """The key is missing, not accepted, or lacks a scope."""


class LimitedError(ProblemError):
    """The service is busy, or the key has been used as often as it may be for now."""


class InvalidRequestError(ProblemError):
    """The request cannot be used as it is."""


class NoSuchThingError(InvalidRequestError):
    """There is no such document or check, or it has expired."""


class ConflictError(InvalidRequestError):
    """An idempotency key was sent with two different requests."""
