"""The edits that turn official words into a quotation: each with its smallest differing words, kind and severity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from headwater.comparison.edit_kinds import EditKind, classify_words, weigh
from headwater.comparison.official_words import OfficialWords
from headwater.comparison.quotation_alignment import Pairing, Step
from headwater.comparison.quotation_figures import is_figure
from headwater.comparison.quotation_punctuation import Place, find_mark_edit
from headwater.comparison.quotation_spelling import is_common
from headwater.comparison.quotation_words import Mark, Reading
from headwater.domain.facts import Annotated
from headwater.domain.findings import Severity
from headwater.domain.spans import Span

_SENTENCE_MARKS = frozenset(".!?¶:…")
_TYPOGRAPHY = str.maketrans({"’": "'", "[": None, "]": None, " ": None, ".": None, "‑": "-"})
_THOUSANDS = re.compile(r"(?<=\d)[ ,](?=\d)")
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
    ignore_case = ignore_case or _is_titled(aligned)
    edits: list[Edit] = []
    for number, region in enumerate(regions):
        if number > 0:
            edits += _mark_edits(aligned, regions[number - 1], region)
        if region.step is Step.SAME:
            edits += _same_word_edit(aligned, region, first=number == 0, ignore_case=ignore_case)
        else:
            edits += _word_edit(aligned, region)
    return (*_with_swaps(aligned, edits), *_last_mark(aligned, regions))


def _is_titled(aligned: Aligned) -> bool:
    """Say whether one side sets every weighty word with a capital, as titles and headings do."""
    pairs = [
        (aligned.reading.words[pairing.claimed[0]].surface, aligned.official.words[pairing.official[0]].surface)
        for pairing in aligned.pairings
        if pairing.step is Step.SAME
    ]
    weighty = [pair for pair in pairs if not is_common(pair[0].lower()) and pair[0][:1].isalpha()]
    titled = (all(word[:1].isupper() for word in side) for side in zip(*weighty, strict=True))
    return len(weighty) > 1 and any(titled)


def _with_swaps(aligned: Aligned, edits: Sequence[Edit]) -> list[Edit]:
    """Make one edit of two that put the same words in another order: "Britain owes France"."""
    kept: list[Edit] = []
    for edit in edits:
        last = kept[-1] if kept else None
        if last is not None and last.kind == edit.kind == "word" and _are_swapped(aligned, last, edit):
            kept[-1] = _swap(aligned, last, edit)
        else:
            kept.append(edit)
    return kept


def _are_swapped(aligned: Aligned, first: Edit, second: Edit) -> bool:
    ours = [word.key for edit in (first, second) for word in aligned.reading.words[slice(*edit.words)]]
    theirs = [key for edit in (first, second) for key in aligned.official.keys[slice(*edit.facing)]]
    weighty = [key for key in (*ours, *theirs) if not is_common(key)]
    if weighty:
        ours, theirs = ([key for key in keys if not is_common(key)] for keys in (ours, theirs))
    return bool(ours) and sorted(ours) == sorted(theirs)


def _swap(aligned: Aligned, first: Edit, second: Edit) -> Edit:
    """Join two edits. Who does what to whom turns round where two words change places around a word of content."""
    between = aligned.official.keys[first.facing[1] : second.facing[0]]
    exchanged = first.edit == second.edit == "replace" and not all(map(is_common, between))
    severity = Severity.HIGH if exchanged else Severity.MEDIUM
    words, facing = (first.words[0], second.words[1]), (first.facing[0], second.facing[1])
    passage, official = aligned.official.span(*facing)
    return Edit(
        "reordered", severity, "replace", _claimed_span(aligned.reading, *words), official, passage, words, facing
    )


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
    passage, official = aligned.official.span(*region.facing)
    claimed = _claimed_span(aligned.reading, *region.words)
    if region.words[1] - region.words[0] == region.facing[1] - region.facing[0] == 1:
        ours, theirs = aligned.reading.words[region.words[0]], aligned.official.words[region.facing[0]]
        left, right = _shared_words(ours.surface, theirs.surface)
        claimed = Span(claimed.start + left, claimed.end - right)
        official = Span(official.start + left, official.end - right)
    return Edit(kind.kind, kind.severity, edit, claimed, official, passage, region.words, region.facing)


def _shared_words(ours: str, theirs: str) -> tuple[int, int]:
    """Return the length of the words that two wordings of a figure share at their beginnings and their ends."""
    first, second = ours.split(" "), theirs.split(" ")
    if len(first) == len(second) == 1:
        return 0, 0
    most = min(len(first), len(second)) - 1
    left = next((n for n in range(most) if first[n] != second[n]), most)
    right = next((n for n in range(most - left) if first[-1 - n] != second[-1 - n]), most - left)
    before = sum(len(word) + 1 for word in first[:left])
    behind = sum(len(word) + 1 for word in first[len(first) - right :])
    return before, behind


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


def _same_word_edit(aligned: Aligned, region: _Region, *, first: bool, ignore_case: bool) -> list[Edit]:
    """Find what differs in one word that both sides have: its capital, its spelling, or a figure's wording."""
    ours = aligned.reading.words[region.words[0]]
    theirs = aligned.official.words[region.facing[0]]
    if ours.surface == theirs.surface or ours.bracketed or "[" in ours.surface or "&" in ours.surface + theirs.surface:
        return []
    if is_figure(ours.key):
        return _figure_wording(aligned, region)
    a, b = ours.surface.translate(_TYPOGRAPHY), theirs.surface.translate(_TYPOGRAPHY)
    if a == b:
        return []
    if a.lower() != b.lower():
        kind = EditKind("spelling_variant", weigh("spelling_variant", "replace"))
        return [_edit(aligned, region, kind, "replace")]
    before = (*aligned.reading.marks[region.words[0]], *aligned.official.marks[region.facing[0]])
    if first or ignore_case or any(mark.sign in _SENTENCE_MARKS for mark in before):
        return []
    return [_edit(aligned, region, EditKind("case", weigh("case", "replace")), "replace")]


def _figure_wording(aligned: Aligned, region: _Region) -> list[Edit]:
    """Find a figure said otherwise: "£75m", "£75 million". The marks between thousands are typography."""
    ours = aligned.reading.words[region.words[0]].surface
    theirs = aligned.official.words[region.facing[0]].surface
    a, b = _THOUSANDS.sub("", ours).lower(), _THOUSANDS.sub("", theirs).lower()
    if a == b:
        return []
    tight = a.replace(" ", "") == b.replace(" ", "")
    if tight and "cent" not in a:
        return []
    row = "spelling_variant" if tight else "wording"
    return [_edit(aligned, region, EditKind("spelling_variant" if tight else "word", weigh(row, "replace")), "replace")]


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
