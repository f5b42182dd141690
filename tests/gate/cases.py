"""The labelled cases: a reporter's rewrite and its real official document, claim by claim."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.gate.gold import FIXTURES, read_lines, read_text

from headwater.domain.spans import Span

CASES = FIXTURES / "gold" / "cases"


@dataclass(frozen=True)
class Planted:
    """An error in a claim: its lane, kind and severity, and where it stands in the article."""

    lane: str
    kind: str
    severity: str
    span: Span


@dataclass(frozen=True)
class LabelledClaim:
    id: str
    text: str
    span: Span
    verdict: str
    accepted: frozenset[str]
    errors: tuple[Planted, ...]


@dataclass(frozen=True)
class Case:
    id: str
    faithful: bool
    article: str
    source: str
    published: date | None
    article_published: date | None
    url: str
    title: str
    publisher: str
    speaker: str
    claims: tuple[LabelledClaim, ...] = field(repr=False)


def read_cases(part: str) -> list[Case]:
    """Read the cases of one part (dev, heldout, review, fresh) by number."""
    return [_read_case(folder) for folder in sorted((CASES / part).iterdir()) if (folder / "case.json").is_file()]


def _read_case(folder: Path) -> Case:
    about = json.loads((folder / "case.json").read_text("utf-8"))
    article = read_text(folder / "article.txt")
    claims, at = [], 0
    for row in read_lines(folder / "claims.jsonl"):
        start = article.find(row["text"], at)
        start = start if start >= 0 else article.index(row["text"])
        claims.append(_claim(row, Span(start, start + len(row["text"]))))
        at = start
    return Case(
        about["id"],
        about["faithful"],
        article,
        read_text(folder / "source.txt"),
        _day(about["published"]),
        _day(about["article_published"]),
        about["url"],
        about["title"],
        about["publisher"],
        about.get("speaker", ""),
        tuple(claims),
    )


def _claim(row: dict, span: Span) -> LabelledClaim:
    errors = tuple(
        Planted(error["lane"], error["kind"], error["severity"], _within(row["text"], error["article"], span.start))
        for error in row["errors"]
    )
    accepted = frozenset({row["verdict"], *row["also_accepted"]})
    return LabelledClaim(row["id"], row["text"], span, row["verdict"], accepted, errors)


def _within(claim: str, words: str | None, start: int) -> Span:
    at = claim.find(words or "")
    return Span(start + max(at, 0), start + max(at, 0) + len(words or ""))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
