"""The verbs of speech and thought, from `speech_verbs.toml`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_TABLE = tomllib.loads((Path(__file__).parent / "speech_verbs.toml").read_text("utf-8"))
SURE_FORMS = frozenset(_TABLE["sure"])
_FORMS = SURE_FORMS | frozenset(_TABLE["seldom"])
SPEECH_VERB = re.compile(
    r"(?<![-\w])(?:" + "|".join(sorted(map(re.escape, _FORMS), key=len, reverse=True)) + r")(?![-\w])"
)


def is_speech_form(word: str) -> bool:
    """Say whether a lower-case word can report speech.

    Args:
        word: As written.
    """
    return word in _FORMS
