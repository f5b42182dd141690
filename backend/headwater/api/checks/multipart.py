"""Bodies of the type multipart/form-data, as browsers and curl send files: read whole, the body being bounded."""

from __future__ import annotations

import re
from dataclasses import dataclass

from headwater.domain.errors import InvalidInputError

MOST_PARTS = 32  # the form has ten
MOST_HEADER_BYTES = 2_000  # of one part
BOUNDARY = re.compile(r'boundary=(?:"(?P<quoted>[^"]{1,70})"|(?P<plain>[^\s;"]{1,70}))', re.IGNORECASE)
PARAMETER = re.compile(r';\s{0,9}(?P<name>name|filename)="(?P<value>(?:[^"\\]|\\.){0,400})"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a form: a file where `file_name` is no None."""

    name: str
    content: bytes
    file_name: str | None = None


def parse_multipart(content_type: str, body: bytes) -> dict[str, Part]:
    """Return the fields of a form by name; of fields of one name the first counts.

    Args:
        content_type: With its boundary.
        body: As it was sent.

    Raises:
        InvalidInputError: If it is no such body, or has too many parts.
    """
    found = BOUNDARY.search(content_type)
    if found is None:
        raise InvalidInputError("the form names no boundary between its parts")
    mark = b"--" + (found["quoted"] or found["plain"]).encode("latin-1", "replace")
    pieces = (b"\r\n" + body).split(b"\r\n" + mark, MOST_PARTS + 2)
    if len(pieces) > MOST_PARTS + 1:
        raise InvalidInputError("the form has too many fields")
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise InvalidInputError("the form was not sent whole")
    parts: dict[str, Part] = {}
    for piece in pieces[1:-1]:
        part = _parse_part(piece)
        parts.setdefault(part.name, part)
    return parts


def _parse_part(piece: bytes) -> Part:
    head, mark, content = piece.partition(b"\r\n\r\n")
    if not mark or len(head) > MOST_HEADER_BYTES:
        raise InvalidInputError("a field of the form cannot be read")
    for line in head.decode("utf-8", "replace").split("\r\n"):
        if line.lower().startswith("content-disposition:"):
            named = {one["name"].lower(): _unescaped(one["value"]) for one in PARAMETER.finditer(line)}
            if "name" in named:
                return Part(named["name"], content, named.get("filename"))
    raise InvalidInputError("a field of the form has no name")


def _unescaped(value: str) -> str:
    return value.replace("%22", '"').replace("\\\\", "\\")
