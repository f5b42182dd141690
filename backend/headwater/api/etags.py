"""`ETag` and `If-None-Match` (RFC 9110): an answer that the caller holds already is not sent again."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated, Any, Final

from fastapi import Header, Request, Response

from headwater.api.checks.requests import JSON_TYPE

# One tag of a list, weak or strong; two tags are compared without the mark of weakness, as RFC 9110 13.1.2 has it.
TAG: Final = re.compile(r'(?:W/)?(?P<opaque>"[\x21\x23-\x7e\x80-\xff]*")')
KEPT: Final = "private, no-cache"  # may be kept, and is asked for with its tag each time
NOT_SENT_AGAIN: dict[int | str, dict[str, Any]] = {304: {"description": "The copy you hold is current"}}

KnownTag = Annotated[
    str,
    Header(
        alias="If-None-Match",
        max_length=2_000,
        description="`ETag` of the copy you hold, or several parted by commas, or `*`: the answer is 304 while one of"
        " them is current.",
    ),
]


def tagged_answer(request: Request, body: bytes) -> Response:
    """Answer with a body and its tag, or with 304 and the tag alone where the caller holds it.

    Args:
        request: Of the caller: GET, or HEAD for what stands before the body alone.
        body: JSON.
    """
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": KEPT}
    if holds(", ".join(request.headers.getlist("if-none-match")), tag):
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        return Response(media_type=JSON_TYPE, headers=headers | {"Content-Length": str(len(body))})
    return Response(body, media_type=JSON_TYPE, headers=headers)


def holds(written: str, tag: str) -> bool:
    """Say whether a header `If-None-Match` names a tag; what is no tag in it is passed over.

    Args:
        written: As it was sent; a list that came in several lines is joined by commas.
        tag: Of the answer, strong.

    >>> holds('"a", W/"b"', '"b"'), holds("*", '"b"'), holds('"a, b"', '"b"'), holds("b", '"b"'), holds("", '"b"')
    (True, True, False, False, False)
    """
    return written.strip() == "*" or any(found["opaque"] == tag for found in TAG.finditer(written))
