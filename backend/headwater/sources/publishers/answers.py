"""What publishers answer, read: JSON, text, and the fields in them; whatever is not as it should be is named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import orjson

from headwater.domain.errors import UnreadableRecordError
from headwater.sources.fetching.contract import Fetched
from headwater.text.decoding import decode

CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
DEPARTED = frozenset({404, 410})
LONGEST_NUMBER = 18  # digits: what a database holds


def unreadable(url: str, reason: str) -> UnreadableRecordError:
    """Return the error that names an address and what is wrong with its answer."""
    return UnreadableRecordError(url, None, reason)


def check_answer(fetched: Fetched) -> None:
    """Raise where a publisher did not give what was asked for.

    Args:
        fetched: The answer.

    Raises:
        UnreadableRecordError: If its status is no success.
    """
    if not 200 <= fetched.status < 300:
        raise unreadable(fetched.url, f"answered with status {fetched.status}")


def parse_json(fetched: Fetched) -> dict[str, Any]:
    """Return the JSON object of an answer.

    Args:
        fetched: The answer.

    Raises:
        UnreadableRecordError: If the status is no success or the body is no JSON object.
    """
    check_answer(fetched)
    found = parse_any_json(fetched)
    if not isinstance(found, dict):
        raise unreadable(fetched.url, f"expected a JSON object, found {type(found).__name__}")
    return found


def parse_any_json(fetched: Fetched) -> Any:
    """Return what JSON an answer holds.

    Args:
        fetched: The answer.

    Raises:
        UnreadableRecordError: If the status is no success or the body is no JSON.
    """
    check_answer(fetched)
    try:
        return orjson.loads(fetched.body)
    except orjson.JSONDecodeError as error:
        raise unreadable(fetched.url, f"expected JSON: {error}") from None


def read_text(fetched: Fetched) -> str:
    """Return the body of an answer as text, decoded by what its header declares, else by rule."""
    declared = CHARSET.search(fetched.headers.get("content-type", ""))
    return decode(fetched.body, declared[1] if declared else None).text


def raw_digest(fetched: Fetched) -> str:
    """Return the SHA-256 of an answer's body, hexadecimal."""
    return sha256(fetched.body).hexdigest()


def text_of(fields: Mapping[str, Any], name: str) -> str:
    """Return a field that should be text, without white space around it; "" where it is missing or none."""
    value = fields.get(name)
    return value.strip() if isinstance(value, str) else ""


def mapping_of(fields: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a field that should be an object; an empty one where it is missing or none."""
    value = fields.get(name)
    return value if isinstance(value, Mapping) else {}


def mappings_of(fields: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return the objects in a field that should be a list of them."""
    value = fields.get(name)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def number_of(fields: Mapping[str, Any], name: str) -> int:
    """Return a field that should be a whole number, written as one or as text; 0 where it is neither."""
    value = fields.get(name)
    if isinstance(value, str) and len(value) <= LONGEST_NUMBER and value.strip().isdecimal():
        return int(value)
    return value if isinstance(value, int) else 0
