"""The edits that turn official words into a quotation: each with its smallest differing words, kind and severity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from headwater.comparison.edit_kinds import EditKind, classify_words, weigh
from headwater.comparison.official_words import OfficialWords
from headwater.comparison.quotation_alignment import Pairing, Step
from headwater.comparison.quotation_punctuation import Place, find_mark_edit
from headwater.comparison.quotation_words import Mark, Reading
from headwater.domain.facts import Annotated
from headwater.domain.findings import Severity
from headwater.domain.spans import Span

_SENTENCE_MARKS = frozenset(".!?¶:…")
_REACH = 12  # words of a clause that the rules of punctuation look at


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit.

    Args:
        kind: "word", "punctuation", "polarity", ...
        severity: How much a reader is misled.
        edit: "insert" (words of the quotation that the source lacks), "delete" or "replace".
        claimed: In the words that were read; empty for a deletion.
        official: In the passage; empty for an insertion.
        passage: The passage.
        words: Numbers of the quotation's words that it concerns, half-open.
        facing: Numbers of the official words, half-open.
    """

    kind: str
    severity: Severity
    edit: str
    claimed: Span
    official: Span
    passage: Annotated
    words: tuple[int, int]
    facing: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A quotation's words, the official words, and how they face each other."""

    reading: Reading
    official: OfficialWords
    pairings: Sequence[Pairing]


@dataclass(frozen=True, slots=True)
class _Region:
    """Consecutive words that are not the same on both sides, half-open on each."""

    words: tuple[int, int]
    facing: tuple[int, int]
    step: Step


def find_edits(aligned: Aligned, *, ignore_case: bool = False) -> tuple[Edit, ...]:
    """List the edits of an aligned quotation, in order of the quotation's words.

    Typography, brackets, marks of omission, the capital at the beginning and the full stop or comma at the end
    are no edits. Stretches left out are edits here; whether they are proper is judged by who asks.

    Args:
        aligned: The quotation and the official words.
        ignore_case: Whether capitals are free, as in a heading.
    """
    regions = list(_regions(aligned.pairings))
    edits: list[Edit] = []
    for number, region in enumerate(regions):
        if number > 0:
            edits += _mark_edits(aligned, regions[number - 1], region)
        if region.step is Step.SAME:
            edits += [] if ignore_case else _case_edit(aligned, region, first=number == 0)
        else:
            edits += _word_edit(aligned, region)
    return (*edits, *_last_mark(aligned, regions))


def _regions(pairings: Iterable[Pairing]) -> Iterator[_Region]:
    """Join neighbouring replaced, added and dropped words; everything else stands alone."""
    loose: _Region | None = None
    for pairing in pairings:
        if pairing.step in (Step.REPLACED, Step.INSERTED, Step.DELETED):
            if loose is None:
                loose = _Region(pairing.claimed, pairing.official, pairing.step)
            else:
                loose = _Region(
                    (loose.words[0], pairing.claimed[1]), (loose.facing[0], pairing.official[1]), Step.REPLACED
                )
            continue
        if loose is not None:
            yield loose
            loose = None
        yield _Region(pairing.claimed, pairing.official, pairing.step)
    if loose is not None:
        yield loose


def _word_edit(aligned: Aligned, region: _Region) -> list[Edit]:
    reading, official = aligned.reading, aligned.official
    (start, end), (low, high) = region.words, region.facing
    if any(reading.words[i].bracketed for i in range(start, end)):
        return []  # square brackets say that the words are the writer's
    ours = [word.key for word in reading.words[start:end]]
    theirs = list(official.keys[low:high])
    edit = "replace" if ours and theirs else "insert" if ours else "delete"
    if region.step is Step.JOINED:
        return [_joined(aligned, region)]
    if region.step is Step.VARIANT:
        kind = EditKind("spelling_variant", weigh("spelling_variant", edit))
    elif region.step is Step.EXPANDED:
        kind = EditKind("word", weigh("wording", edit))
    else:
        kind = classify_words(ours, theirs)
    return [_edit(aligned, region, kind, edit)]


def _edit(aligned: Aligned, region: _Region, kind: EditKind, edit: str) -> Edit:
    passage, span = aligned.official.span(*region.facing)
    return Edit(
        kind.kind,
        kind.severity,
        edit,
        _claimed_span(aligned.reading, *region.words),
        span,
        passage,
        region.words,
        region.facing,
    )


def _claimed_span(reading: Reading, start: int, end: int) -> Span:
    if start < end:
        return Span(reading.words[start].start, reading.words[end - 1].end)
    at = reading.words[start - 1].end if start > 0 else reading.words[0].start
    return Span(at, at)


def _joined(aligned: Aligned, region: _Region) -> Edit:
    """Describe "co-operation" for "cooperation": the hyphen where there is one, else both words."""
    reading, official = aligned.reading, aligned.official
    (start, end), (low, high) = region.words, region.facing
    ours = [mark for i in range(start + 1, end) for mark in reading.marks[i] if mark.sign in "‐‒"]
    theirs = [mark for j in range(low + 1, high) for mark in official.marks[j] if mark.sign in "‐‒"]
    passage, span = official.span(low, high)
    claimed = _claimed_span(reading, start, end)
    edit = "replace"
    if ours:
        edit, claimed = "insert", Span(ours[0].start, ours[0].end)
        at = min(span.end, span.start + len(reading.words[start].surface))
        span = Span(at, at)
    elif theirs:
        edit, span = "delete", Span(theirs[0].start, theirs[0].end)
        at = min(claimed.end, claimed.start + len(official.words[low].surface))
        claimed = Span(at, at)
    severity = weigh("hyphenation", edit)
    return Edit("hyphenation", severity, edit, claimed, span, passage, region.words, region.facing)


def _case_edit(aligned: Aligned, region: _Region, *, first: bool) -> list[Edit]:
    ours = aligned.reading.words[region.words[0]]
    theirs = aligned.official.words[region.facing[0]]
    if ours.surface == theirs.surface or first:
        return []
    if ours.surface.replace("’", "'") == theirs.surface.replace("’", "'") or ours.bracketed or "[" in ours.surface:
        return []
    before = (*aligned.reading.marks[region.words[0]], *aligned.official.marks[region.facing[0]])
    if any(mark.sign in _SENTENCE_MARKS for mark in before) or not _differs_in_case(ours.surface, theirs.surface):
        return []
    return [_edit(aligned, region, EditKind("case", weigh("case", "replace")), "replace")]


def _differs_in_case(ours: str, theirs: str) -> bool:
    letters = [(a, b) for a, b in zip(ours, theirs, strict=False) if a.isalpha() and b.isalpha()]
    return any(a != b and a.lower() == b.lower() for a, b in letters)


def _mark_edits(aligned: Aligned, before: _Region, after: _Region) -> list[Edit]:
    """Compare the marks between two neighbours; beside words added or dropped, marks on either side may answer."""
    at, facing = after.words[0], after.facing[0]
    if Step.SAME not in (before.step, after.step) or at == 0 or facing == 0:
        return []
    loose = {Step.REPLACED, Step.INSERTED, Step.DELETED}
    if before.step in loose or after.step in loose:
        return []
    ours, theirs = aligned.reading.marks[at], aligned.official.marks[facing]
    if not ours and not theirs:
        return []
    place = Place(
        _clause_before(aligned, facing), aligned.official.keys[facing : facing + 2], _is_listed(aligned, facing)
    )
    found = find_mark_edit(ours, theirs, place)
    if found is None or any(mark.sign == "…" for mark in ours):
        return []
    passage, span = _mark_place(aligned.official, facing, found.official)
    claimed = _marks_span(found.claimed) or Span(*(aligned.reading.words[at - 1].end,) * 2)
    words, facings = (at - 1, at + 1), (facing - 1, facing + 1)
    severity = weigh(found.kind, found.edit)
    return [Edit(found.kind, severity, found.edit, claimed, span, passage, words, facings)]


def _clause_before(aligned: Aligned, facing: int) -> list[str]:
    low = facing
    while low > max(0, facing - _REACH) and not (
        low < facing and any(mark.sign in ".!?¶;:" for mark in aligned.official.marks[low])
    ):
        low -= 1
    return list(aligned.official.keys[low:facing])


def _is_listed(aligned: Aligned, facing: int) -> bool:
    low = max(1, facing - _REACH // 2)
    return any(mark.sign == "," for j in range(low, facing) for mark in aligned.official.marks[j])


def _marks_span(marks: Sequence[Mark]) -> Span | None:
    return Span(marks[0].start, marks[-1].end) if marks else None


def _mark_place(official: OfficialWords, facing: int, marks: Sequence[Mark]) -> tuple[Annotated, Span]:
    span = _marks_span(marks)
    if span is None:
        return official.span(facing, facing)
    return official.owner_of_mark(facing, marks[0]), span


def _last_mark(aligned: Aligned, regions: Sequence[_Region]) -> list[Edit]:
    """A question that became a statement, or the other way round, at the quotation's end."""
    if not regions or regions[-1].step is not Step.SAME:
        return []
    at, facing = regions[-1].words[1], regions[-1].facing[1]
    ours = next((mark for mark in aligned.reading.marks[at] if mark.sign in ".!?"), None)
    theirs = next((mark for mark in aligned.official.marks[facing][:1] if mark.sign in ".!?"), None)
    if ours is None or theirs is None or ours.sign == theirs.sign:
        return []
    kind = "punctuation_changes_reading" if "?" in (ours.sign, theirs.sign) else "punctuation"
    passage, span = _mark_place(aligned.official, facing, [theirs])
    return [
        Edit(
            kind,
            weigh(kind, "replace"),
            "replace",
            Span(ours.start, ours.end),
            span,
            passage,
            (at - 1, at),
            (facing - 1, facing),
        )
    ]
