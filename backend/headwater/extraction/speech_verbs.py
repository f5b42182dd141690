"""The verbs of speech and thought, from `speech_verbs.toml`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_VERBS = tomllib.loads((Path(__file__).parent / "speech_verbs.toml").read_text("utf-8"))["verb"]
_LEMMAS = {form: verb["lemma"] for verb in _VERBS for form in (*verb["forms"], *verb.get("forms_with_that", ()))}
SURE_FORMS = frozenset(form for verb in _VERBS for form in verb["forms"])
_STRENGTHS = {verb["lemma"]: verb["strength"] for verb in _VERBS}
SPEECH_VERB = re.compile(
    r"(?<![-\w])(?:" + "|".join(sorted(map(re.escape, _LEMMAS), key=len, reverse=True)) + r")(?![-\w])"
)


def is_speech_form(word: str) -> bool:
    """Say whether a lower-case word can report speech."""
    return word in _LEMMAS


def find_lemma(form: str) -> str | None:
    """Return the verb that a form belongs to ("told" to "tell"), or None."""
    return _LEMMAS.get(form)


def find_strength(form: str) -> str | None:
    """Return how strongly the verb of a form reports: plain, firm, view or call; None for other words."""
    lemma = _LEMMAS.get(form)
    return None if lemma is None else _STRENGTHS[lemma]
