"""What an edit of words inside a quotation does: the kind and severity of replaced, added and dropped words."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from headwater.comparison.quotation_figures import figure_values, is_figure
from headwater.comparison.quotation_spelling import expansions, is_common, is_inflection
from headwater.domain.findings import Severity

_TABLE = tomllib.loads((Path(__file__).parent / "edit_words.toml").read_text("utf-8"))
NEGATORS = frozenset(_TABLE["negators"])
_MODALS = frozenset(_TABLE["modals"])
_QUANTIFIERS = frozenset(_TABLE["quantifiers"])
_HEDGES = frozenset(_TABLE["hedges"])
_CONDITIONS = frozenset(_TABLE["conditions"])
_PERSONS = frozenset(_TABLE["persons"])
_OPPOSITES: tuple[tuple[str, str], ...] = tuple((a, b) for a, b in _TABLE["opposites"])
_ENDINGS = frozenset(_TABLE["endings"])
_SEVERITY: dict[str, list[str]] = _TABLE["severity"]
_EDITS = ("replace", "insert", "delete")
_NEGATABLE = tuple(_TABLE["negatable"])
_ALWAYS_NEGATE = frozenset(("un", "non"))
_SOMETIMES_NEGATE = frozenset(("in", "im", "il", "ir", "dis"))  # "inform" does not deny "form"
_SHORTEST_NEGATED = 4  # letters
_PUT_IN_THE_MOUTH = 3  # content words added in one place: no slip, but words that were never said


@dataclass(frozen=True, slots=True)
class EditKind:
    """The kind of an edit, as findings name it, and how much a reader is misled."""

    kind: str
    severity: Severity


def weigh(row: str, edit: str) -> Severity:
    """Return the severity of a row of the policy for an edit ("replace", "insert" or "delete").

    Args:
        row: Name of the row in `edit_words.toml`.
        edit: The edit.
    """
    return Severity(_SEVERITY[row][_EDITS.index(edit)])


def classify_words(claimed: Sequence[str], official: Sequence[str]) -> EditKind:
    """Say what an edit of words is: `claimed` stands in the quotation where the source has `official`.

    The gravest reading wins: a figure, then polarity, then meaning, then other words.

    Args:
        claimed: Folded words of the quotation, perhaps none.
        official: Folded words of the source, perhaps none.
    """
    edit = "replace" if claimed and official else "insert" if claimed else "delete"
    if any(map(is_figure, (*claimed, *official))):
        found = _figure_kind(claimed, official, edit)
        if found is not None:
            return found
    if changes_polarity(claimed, official):
        return EditKind("polarity", weigh("polarity", edit))
    if _expanded(claimed) == _expanded(official):
        return EditKind("word", weigh("wording", edit))
    if _moves_meaning(claimed, official):
        return EditKind("meaning", weigh("meaning", edit))
    return EditKind("word", _word_severity(claimed, official, edit))


def _figure_kind(claimed: Sequence[str], official: Sequence[str], edit: str) -> EditKind | None:
    ours, theirs = figure_values(claimed), figure_values(official)
    if ours == theirs:
        return EditKind("word", weigh("wording", edit)) if ours else None
    return EditKind("figure", weigh("figure", edit if ours and theirs else "delete"))


def changes_polarity(claimed: Sequence[str], official: Sequence[str]) -> bool:
    """Say whether one side denies what the other says, or says its opposite.

    Args:
        claimed: Folded words.
        official: Folded words.
    """
    if _negations(claimed) % 2 != _negations(official) % 2:
        return True
    return any(is_opposite(ours, theirs) for ours in claimed for theirs in official)


def _negations(words: Sequence[str]) -> int:
    return sum(1 for word in words if is_negator(word))


def is_negator(word: str) -> bool:
    """Say whether a folded word turns its clause round."""
    return word in NEGATORS or word.endswith("n't")


@lru_cache(maxsize=4096)
def is_opposite(ours: str, theirs: str) -> bool:
    """Say whether two folded words are opposites ("rose", "fell"; "lawful", "unlawful")."""
    if _negates(ours, theirs) or _negates(theirs, ours):
        return True
    return any((_is(ours, a) and _is(theirs, b)) or (_is(ours, b) and _is(theirs, a)) for a, b in _OPPOSITES)


def _negates(longer: str, shorter: str) -> bool:
    if len(shorter) < _SHORTEST_NEGATED or not longer.endswith(shorter):
        return False
    prefix = longer[: -len(shorter)]
    return prefix in _ALWAYS_NEGATE or (prefix in _SOMETIMES_NEGATE and shorter.startswith(_NEGATABLE))


def _is(word: str, entry: str) -> bool:
    if not entry.endswith("-"):
        return word == entry
    stem = entry[:-1]
    return word.startswith(stem) and is_ending(word[len(stem) :])


def is_ending(ending: str) -> bool:
    """Say whether letters can end a word whose stem is known ("ing", "ed", "s")."""
    return ending in _ENDINGS


def _moves_meaning(claimed: Sequence[str], official: Sequence[str]) -> bool:
    ours, theirs = set(_expanded(claimed)), set(_expanded(official))
    moved = ours ^ theirs
    if moved & (_MODALS | _QUANTIFIERS | _CONDITIONS | _HEDGES):
        return True
    return bool(ours & _PERSONS and theirs & _PERSONS and ours & _PERSONS != theirs & _PERSONS)


def _expanded(words: Sequence[str]) -> tuple[str, ...]:
    """Write contractions out, by the first of their readings."""
    return tuple(part for word in words for part in (expansions(word)[0] if expansions(word) else (word,)))


def _word_severity(claimed: Sequence[str], official: Sequence[str], edit: str) -> Severity:
    ours = [word for word in claimed if not is_common(word)]
    theirs = [word for word in official if not is_common(word)]
    if edit == "replace":
        if len(claimed) == len(official) and all(
            a == b or is_inflection(a, b) or (is_common(a) and is_common(b))
            for a, b in zip(claimed, official, strict=True)
        ):
            return weigh("grammar", edit)
        return weigh("word" if ours and theirs else "grammar", edit)
    if edit == "insert" and len(ours) >= _PUT_IN_THE_MOUTH:
        return Severity.HIGH
    return weigh("word", edit)
