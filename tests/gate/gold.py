"""A labelled pair of article and source, as the gold files hold it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from headwater.domain.spans import Span

FIXTURES = Path(__file__).parents[2] / "fixtures"


@dataclass(frozen=True)
class GoldPassage:
    id: str
    span: Span
    voice: str
    text: str


@dataclass(frozen=True)
class GoldClaim:
    id: str
    span: Span
    text: str
    passages: tuple[str, ...]
    verdict: str
    also_accepted: tuple[str, ...]
    note: str

    @property
    def accepted(self) -> set[str]:
        plain = {"quote_verbatim": "supported", "quote_altered": "shifted"}
        return {plain.get(verdict, verdict) for verdict in (self.verdict, *self.also_accepted)}


@dataclass(frozen=True)
class GoldPair:
    article: str
    release: str
    passages: dict[str, GoldPassage]
    claims: tuple[GoldClaim, ...]
    edits: tuple[dict[str, str], ...]


def read_lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def read_text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def seed_pair() -> GoldPair:
    gold, seed = FIXTURES / "gold" / "seed", FIXTURES / "seed"
    passages = [
        GoldPassage(row["id"], Span(row["start"], row["end"]), row["voice"], row["text"])
        for row in read_lines(gold / "seed_source_passages.jsonl")
    ]
    claims = tuple(
        GoldClaim(
            row["id"],
            Span(row["start"], row["end"]),
            row["text"],
            tuple(row["passages"]),
            row["verdict"],
            tuple(row["also_accepted"]),
            row["note"],
        )
        for row in read_lines(gold / "seed_alignment.jsonl")
    )
    return GoldPair(
        read_text(seed / "article.txt"),
        read_text(seed / "release.txt"),
        {passage.id: passage for passage in passages},
        claims,
        tuple(read_lines(gold / "seed_quote_edits.jsonl")),
    )
