"""Why something was not fetched.

HeadwaterError
|-- FetchRefusedError       the address may not be fetched: asking again changes nothing
`-- SourceUnavailableError  the publisher cannot be reached, or answers beyond the limits: another time it may be read
"""

from __future__ import annotations

from enum import StrEnum

from headwater.domain.errors import HeadwaterError

SHOWN = 200  # characters of an address shown in a message


class Refusal(StrEnum):
    """Why an address may not be fetched."""

    MALFORMED = "malformed_address"
    SCHEME = "scheme_not_allowed"
    CREDENTIALS = "credentials_in_address"
    PORT = "port_not_allowed"
    HOST = "host_not_listed"
    ADDRESS = "address_not_public"
    ROBOTS = "robots_forbid"


class Trouble(StrEnum):
    """Why a publisher gave no usable answer."""

    UNREACHABLE = "unreachable"
    NAME = "name_not_resolved"
    TIMEOUT = "timeout"
    BUSY = "busy"
    STATUS = "unexpected_status"
    TOO_LARGE = "answer_too_large"
    EXPANDS = "answer_expands_too_much"
    REDIRECTS = "too_many_redirects"
    BROKEN = "broken_answer"


class FetchRefusedError(HeadwaterError):
    """The address may not be fetched.

    Args:
        url: As it was asked for; its credentials and query are not shown.
        code: Why, for programs.
        reason: Why, for people.
    """

    def __init__(self, url: str, code: Refusal, reason: str) -> None:
        super().__init__(f"{shown_address(url)} is not fetched: {reason}")
        self.url, self.code, self.reason = url, code, reason


class SourceUnavailableError(HeadwaterError):
    """The publisher cannot be reached, is overloaded, or answers beyond the limits.

    Args:
        url: That was asked for.
        code: Why, for programs.
        reason: Why, for people.
        status: Of the answer, or None where none came.
        retry_after: Seconds that the publisher asks to wait, or None.
    """

    def __init__(
        self, url: str, code: Trouble, reason: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(f"{shown_address(url)} could not be read: {reason}")
        self.url, self.code, self.reason = url, code, reason
        self.status, self.retry_after = status, retry_after


def shown_address(url: str) -> str:
    """Return an address as messages show it: without credentials and query, in one line, shortened."""
    plain = url.split("?", 1)[0].split("#", 1)[0]
    scheme, mark, rest = plain.partition("://")
    if mark:
        authority, slash, path = rest.partition("/")
        plain = f"{scheme}://{authority.rpartition('@')[2]}{slash}{path}"
    return "".join(c if c.isprintable() else "?" for c in plain[:SHOWN])
