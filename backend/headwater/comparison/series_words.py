"""The vocabulary by which a claim and an official series are found to speak of the same thing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from headwater.domain.facts import NameKind
from headwater.domain.series import Series
from headwater.extraction.names import extract_names
from headwater.text.tokens import content_stems, stems, words

ASIDE = re.compile(r"\([^)]{0,400}+\)")  # defines a title's words ("aged 16 and over"): known, and asked of nobody
SHARES = frozenset(stems("rate percentage share proportion"))  # said by the per cent sign already
REMEMBERED = 4_096  # series whose words stay read, some hundred bytes each


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tables of `series.toml`, stemmed."""

    neutral: frozenset[str]
    anybody: frozenset[str]
    populations: frozenset[str]
    events: frozenset[str]
    unsettled: frozenset[str]
    groups: dict[str, str]  # a stem and the one that stands for its group
    aliases: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    up: frozenset[str]
    down: frozenset[str]
    homes: dict[str, frozenset[str]]

    def canonical(self, words: Iterable[str]) -> frozenset[str]:
        """Return stems with one for each group; figures and what tells nothing are left out."""
        return frozenset(
            self.groups.get(word, word) for word in words if word not in self.neutral and any(map(str.isalpha, word))
        )


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary."""
    table = tomllib.loads(Path(__file__).with_name("series.toml").read_text(encoding="utf-8"))
    groups = [stems(group) for group in table["groups"]]
    return Vocabulary(
        neutral=frozenset(stems(table["neutral"])),
        anybody=frozenset(stems(table["anybody"])),
        populations=frozenset(stems(table["populations"])),
        events=frozenset(stems(table["events"])),
        unsettled=frozenset(table["unsettled"].split()),
        groups={stem: group[0] for group in groups for stem in group},
        aliases=tuple(
            (re.compile("|".join(rf"\b{re.escape(said)}\b" for said in row["said"])), stems(row["means"]))
            for row in table["aliases"]
        ),
        up=frozenset(table["directions"]["up"].split()),
        homes={end: frozenset(stems(names)) for end, names in table["homes"].items()},
        down=frozenset(table["directions"]["down"].split()),
    )


@dataclass(frozen=True, slots=True)
class SeriesWords:
    """What a series says of itself, as canonical stems.

    Args:
        head: The first word of its measure: what is counted.
        measure: Of the column's name.
        title: Of the document's title and the column's name: what a claim has to cover most of.
        known: All words that a claim may use of it.
        places: Of places that the column or its table is about; a claim has to name them.
        numbers: Figures in the column's name ("12-month rate", "under 20"); likewise.
    """

    head: str
    measure: frozenset[str]
    title: frozenset[str]
    known: frozenset[str]
    places: tuple[frozenset[str], ...]
    numbers: frozenset[str]


def words_of(series: Series) -> SeriesWords:
    """Return what a series says of itself.

    Args:
        series: With its document.
    """
    title = series.document.title if series.document else ""
    publisher = series.document.publisher if series.document else ""
    url = series.document.url if series.document else ""
    return _words_of(
        series.measure, series.caption, title, f"{publisher} {_home(url)}", is_share=series.unit == "percent"
    )


def _home(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # "http://[" is no address
        return ""
    return next((" ".join(names) for end, names in vocabulary().homes.items() if f".{host}".endswith(f".{end}")), "")


@lru_cache(maxsize=REMEMBERED)
def _words_of(called: str, caption: str, title: str, publisher: str, *, is_share: bool) -> SeriesWords:
    known = vocabulary()
    bare = ASIDE.sub(" ", called)
    own = content_stems(bare)
    counted = known.anybody | known.populations | known.events
    heads = [word for word in own if word not in known.neutral or word in known.events]
    head = next((word for word in heads if word in counted), heads[0] if heads else "")
    measure = known.canonical(own)
    around = known.canonical(content_stems(f"{called} {caption} {publisher}"))
    titled = known.canonical(content_stems(ASIDE.sub(" ", title)))
    defined = known.canonical(content_stems(title))
    named = extract_names(f"{called}. {caption}")
    places = tuple(known.canonical(content_stems(name.surface)) for name in named if name.kind is NameKind.PLACE)
    exempt = known.anybody | known.populations | (SHARES if is_share else frozenset())
    return SeriesWords(
        known.groups.get(head, head),
        measure - exempt,
        (titled | measure) - exempt,
        defined | measure | around | known.anybody | (SHARES if is_share else frozenset()),
        tuple(place for place in places if place),
        frozenset(word for word in words(bare) if word[0].isdigit()),
    )
