"""Text as it came in to working text, with a map back and a report of every repair.

In working text a line feed ends a paragraph, blanks are single and ordinary, nothing is invisible, and what was
broken on the way is mended. Quotation marks and dashes stay as written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from headwater.domain.repairs import EncodingRepair, RepairKind
from headwater.domain.spans import MappedText
from headwater.text.characters import (
    CharacterEdit,
    composition_edits,
    foreign_edits,
    plain_characters,
    remaining_edits,
)
from headwater.text.mojibake import leftover_edits, mojibake_edits
from headwater.text.rewriting import Draft, Edit
from headwater.text.unwrap import unwrap_edits

_ROUNDS = 4  # a repair can uncover another; real text is done after one, broken text after two

_UNCOMMON = re.compile("[^\n -~£€–—‘’“”…•½]")  # anything else takes the long way
_LINE_BLANKS = re.compile(r"(?<![ \t])[ \t]++(?=\n)")
_EMPTY_LINES = re.compile(r"\n{3,}+")
_SURROUNDINGS = re.compile(r"\A[ \n]++|(?<![ \n]) *+\n[ \n]*+| ++\Z| {2,}+")


@dataclass(frozen=True, slots=True)
class Normalised:
    """Working text with its map, and what was mended to get it.

    Args:
        mapped: Working text, original and the map between them.
        repairs: In order of their place in the original.
    """

    mapped: MappedText
    repairs: tuple[EncodingRepair, ...] = ()

    @property
    def text(self) -> str:
        """The working text."""
        return self.mapped.text


def normalise(text: str) -> Normalised:
    r"""Make working text.

    Args:
        text: Any string, lone surrogates included.

    Returns:
        Text in which only these differ: broken encodings are mended; control and invisible characters are gone;
        line ends are line feeds, and wrapped lines are joined; blanks are single and ordinary; full-width forms are
        ASCII; letters are composed (NFC). Normalising it again changes nothing.

    >>> normalise("an extra ÂŁ75\u00a0million\r\n").text
    'an extra £75 million'
    """
    if _UNCOMMON.search(text) is None and _is_laid_out(text):
        return Normalised(MappedText.identity(text))
    draft = Draft(text)
    repairs: list[EncodingRepair] = []
    for _ in range(_ROUNDS):
        before = draft.text
        _mend(draft, repairs)
        if draft.text == before:
            break
    _lay_out(draft)
    return Normalised(draft.mapped(), tuple(sorted(repairs, key=_place)))


def _place(repair: EncodingRepair) -> tuple[int, int]:
    return repair.span.start, repair.span.end


def _is_laid_out(text: str) -> bool:
    """Say whether blanks and lines are as `_lay_out` would leave them."""
    if text[:1] in (" ", "\n") or text[-1:] in (" ", "\n"):
        return not text
    if "  " in text:
        return False
    if "\n" not in text:
        return True
    return not (" \n" in text or "\n " in text or "\n\n\n" in text) and next(unwrap_edits(text), None) is None


def _mend(draft: Draft, repairs: list[EncodingRepair]) -> None:
    """Mend characters: what hides mojibake first, then mojibake, then what may have been part of it."""
    _apply_characters(draft, foreign_edits, repairs)
    for find in (mojibake_edits, leftover_edits):
        edits = tuple(find(draft.text))
        repairs.extend(_report(draft, edit, RepairKind.MOJIBAKE) for edit in edits)
        draft.apply(edits)
    _apply_characters(draft, remaining_edits, repairs)
    draft.exchange(plain_characters(draft.text))
    draft.apply(composition_edits(draft.text))


def _apply_characters(
    draft: Draft, find: Callable[[str], Iterable[CharacterEdit]], repairs: list[EncodingRepair]
) -> None:
    found = tuple(find(draft.text))
    repairs.extend(_report(draft, edit, kind) for edit, kind in found if kind is not None)
    draft.apply(edit for edit, _ in found)


def _report(draft: Draft, edit: Edit, kind: RepairKind) -> EncodingRepair:
    start, end, repaired = edit
    span = draft.original_span(start, end)
    return EncodingRepair(kind, span, span.slice(draft.original), repaired)


def _lay_out(draft: Draft) -> None:
    """Join wrapped lines, then make blanks and empty lines uniform."""
    draft.apply((*found.span(), "") for found in _LINE_BLANKS.finditer(draft.text))
    draft.apply((*found.span(), "\n\n") for found in _EMPTY_LINES.finditer(draft.text))
    draft.apply(unwrap_edits(draft.text))
    draft.exchange(draft.text.replace("\t", " "))
    draft.apply(edit for edit in map(_uniform, _SURROUNDINGS.finditer(draft.text)) if edit is not None)


def _uniform(found: re.Match[str]) -> Edit | None:
    surface = found[0]
    if found.start() == 0 or found.end() == len(found.string):
        replacement = ""
    elif "\n" in surface:
        replacement = "\n" * min(2, surface.count("\n"))
    else:
        replacement = " "
    return None if replacement == surface else (*found.span(), replacement)
