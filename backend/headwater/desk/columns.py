"""The two texts beside the claims: the article, and the official documents that its claims rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from headwater.desk.cards import claimed_marks, official_marks
from headwater.desk.marking import Block, Mark, Run, mark_block, split_blocks, spread
from headwater.desk.seen import DocumentKey, SeenCheck, cited_documents, key_of
from headwater.domain.spans import Span
from headwater.domain.verdicts import Verdict

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SeenBlock:
    """A paragraph as it is shown.

    Args:
        id: Of the element.
        runs: Its words, marked.
        claims: Ids of the claims that rest on it.
        near: Ids of claims that it is merely nearest to.
    """

    id: str
    runs: tuple[Run, ...]
    claims: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenDocument:
    """An official document as it is shown.

    Args:
        id: Of the element.
        document: As the report has it; None for a given text that no claim rests on yet.
        blocks: All of it, or those that are wanted.
        is_whole: Whether its text is known, not its cited passages alone.
        is_new: Whether no claim rested on it before those that are wanted.
    """

    id: str
    document: Json | None
    blocks: tuple[SeenBlock, ...]
    is_whole: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class Rest:
    """A claim and a passage that it rests on, or is nearest to."""

    claim: Json
    passage: Json
    is_near: bool = False


def article_blocks(seen: SeenCheck, fresh: Sequence[Json] | None = None) -> list[SeenBlock]:
    """Return the paragraphs of the article.

    Args:
        seen: The check.
        fresh: Claims whose paragraphs are wanted; None for all paragraphs.
    """
    blocks = split_blocks(seen.article.text)
    marks = [mark for claim in seen.claims for mark in (_whole(claim), *claimed_marks(claim))]
    here = spread(blocks, [mark.span for mark in marks])
    wanted = _touched(blocks, None if fresh is None else [_span(claim) for claim in fresh])
    return [
        SeenBlock(f"a{number}", mark_block(blocks[number], [marks[place] for place in here[number]]))
        for number in wanted
    ]


def documents(seen: SeenCheck, fresh: Sequence[Json] | None = None) -> list[SeenDocument]:
    """Return the official documents with their paragraphs.

    Args:
        seen: The check.
        fresh: The newest claims, where only what they changed is wanted; None for everything.
    """
    claims = seen.claims
    before = claims[: len(claims) - len(fresh or claims)]
    if seen.source is not None:
        is_known = next(_rests(before, None), None) is not None
        return [_document(0, None, seen, fresh if is_known else None)]
    known = set(cited_documents(before))
    wanted = set(cited_documents(claims if fresh is None else fresh))
    return [
        _document(number, key, seen, fresh if key in known & seen.texts.keys() else None)
        for number, key in enumerate(cited_documents(claims))
        if key in wanted
    ]


def omission_places(seen: SeenCheck) -> list[str]:
    """Return for each omission the id of the paragraph that it stands in, or "" where that is not shown."""
    if seen.report is None:
        return []
    omissions: list[Json] = seen.report["omissions"]
    if seen.source is not None:
        return _places(0, split_blocks(seen.source.text), omissions)
    places = [""] * len(omissions)
    for number, key in enumerate(cited_documents(seen.claims)):
        here = [place for place, one in enumerate(omissions) if key_of(one) == key]
        if here and key in seen.texts:
            found = _places(number, split_blocks(seen.texts[key]), [omissions[place] for place in here])
            for place, identifier in zip(here, found, strict=True):
                places[place] = identifier
    return places


def _places(number: int, blocks: Sequence[Block], omissions: Sequence[Json]) -> list[str]:
    firsts = dict.fromkeys(range(len(omissions)), "")
    for block, over in reversed(list(enumerate(spread(blocks, [_span(one) for one in omissions])))):
        firsts |= dict.fromkeys(over, f"d{number}-{block}")
    return list(firsts.values())


def _document(number: int, key: DocumentKey | None, seen: SeenCheck, fresh: Sequence[Json] | None) -> SeenDocument:
    rests = list(_rests(seen.claims, key))
    text = seen.texts.get(key) if key is not None else seen.source.text if seen.source is not None else None
    blocks = split_blocks(text) if text is not None else _cited_blocks(rests)
    if key is None:
        marks = [mark for claim in seen.claims for mark in official_marks(claim)]
    else:
        marks = [mark for rest in rests if not rest.is_near for mark in official_marks(rest.claim, rest.passage)]
    marked = spread(blocks, [mark.span for mark in marks])
    resting = spread(blocks, [_span(rest.passage) for rest in rests])
    newest = None if fresh is None else _newest(fresh, key)
    shown = [
        SeenBlock(
            f"d{number}-{place}",
            mark_block(blocks[place], [marks[one] for one in marked[place]]),
            _ids(rests[one] for one in resting[place] if not rests[one].is_near),
            _ids(rests[one] for one in resting[place] if rests[one].is_near),
        )
        for place in _touched(blocks, newest)
    ]
    document = next((rest.passage["document"] for rest in rests), None)
    return SeenDocument(f"d{number}", document, tuple(shown), text is not None, fresh is None)


def _rests(claims: Sequence[Json], key: DocumentKey | None) -> Iterator[Rest]:
    """Yield what rests on a document; None is the one that was given, and that the nearest passages are of, too."""
    for claim in claims:
        yield from (Rest(claim, passage) for passage in claim["evidence"] if key in {None, key_of(passage)})
        is_open = claim["verdict"] == Verdict.NOT_IN_SOURCE.value and not claim["evidence"] and claim["topic_known"]
        if key is None and is_open and claim["nearest"]:
            yield Rest(claim, claim["nearest"][0], is_near=True)


def _newest(fresh: Sequence[Json], key: DocumentKey | None) -> list[Span]:
    """Return what claims changed in a document: passages that they rest on, and words that are marked elsewhere."""
    spans = [_span(rest.passage) for rest in _rests(fresh, key)]
    return spans if key is not None else spans + [mark.span for claim in fresh for mark in official_marks(claim)]


def _touched(blocks: Sequence[Block], spans: Sequence[Span] | None) -> list[int]:
    if spans is None:
        return list(range(len(blocks)))
    return [number for number, over in enumerate(spread(blocks, spans)) if over]


def _cited_blocks(rests: Sequence[Rest]) -> tuple[Block, ...]:
    passages = {rest.passage["span"]["start"]: rest.passage["text"] for rest in rests}
    return tuple(Block(start, passages[start]) for start in sorted(passages))


def _ids(rests: Iterator[Rest]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(rest.claim["id"]) for rest in rests))


def _whole(claim: Json) -> Mark:
    return Mark(_span(claim), claim["id"], None, claim["verdict"])


def _span(body: Json) -> Span:
    return Span(body["span"]["start"], body["span"]["end"])
