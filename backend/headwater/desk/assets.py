"""The desk's own style, scripts and sign, served under an address that changes with their words."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).with_name("static")
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
DIGEST_CHARACTERS = 12  # tell any two releases apart


@cache
def assets() -> dict[str, bytes]:
    """Return the files by name."""
    return {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in MEDIA_TYPES}


@cache
def digest() -> str:
    """Return what names this state of all files: a page never loads a script that another release brought along."""
    whole = sha256()
    for name, content in assets().items():
        whole.update(name.encode() + b"\0" + content)
    return whole.hexdigest()[:DIGEST_CHARACTERS]


def media_type(name: str) -> str:
    """Return the media type of a file."""
    return MEDIA_TYPES[Path(name).suffix]
