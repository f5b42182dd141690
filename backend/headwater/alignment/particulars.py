"""What a document is known to speak of beyond the passages at hand: its own particulars and all its words."""

from __future__ import annotations

import tomllib
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from headwater.alignment.hosts import find_by_host
from headwater.alignment.incumbents import is_incumbent
from headwater.domain.documents import Document, Passage
from headwater.domain.findings import Effect, Finding, Lane
from headwater.extraction.names import extract_names
from headwater.extraction.names_acronyms import fits
from headwater.extraction.names_departments import is_of_one_department
from headwater.extraction.names_folding import fold_name
from headwater.extraction.names_metonyms import find_capital_of, is_metonym_of
from headwater.extraction.names_short import is_shortened_in
from headwater.extraction.names_tables import demonyms, lies_within, name_words, place_parents
from headwater.text.sentences import split_sentences
from headwater.text.tokens import content_stems

REMEMBERED = 64  # documents; an article is compared with a handful, and a long one has 5,000 different stems
AMONG = 4  # further content words that may stand among those of a name
LONGEST_TEXT = 60_000  # characters read for names; their words are known to the end

PassagesOf = Callable[[str, int], Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class _Known:
    """What a document speaks of.

    Args:
        sentences: Stems of each of its sentences, and of each of its particulars, in order.
        names: Its names, in canonical form.
        text: Its particulars and its text.
        home: Canonical name of the country that speaks in it, or "".
    """

    sentences: tuple[tuple[str, ...], ...]
    names: frozenset[str]
    text: str
    home: str

    def speaks_of(self, surface: str, canonical: str) -> bool:
        """Say whether the document has a name, in its own words or in others."""
        if canonical == self.home or canonical in self.names or self._holds(surface) or self._holds(canonical):
            return True
        if any(lies_within(name, canonical) for name in self.names):
            return True
        if is_shortened_in(surface, canonical, self.text) or any(map(self._holds, demonyms().get(canonical, ()))):
            return True
        if any(fits(canonical, name) or fits(name, canonical) for name in self.names):
            return True
        if is_of_one_department(canonical, self.names) or self._leaves_open(canonical):
            return True
        # A city is a body only where nothing is said to be in it, which a finding does not tell.
        city = canonical in place_parents() or find_capital_of(surface) is not None
        return not city and is_metonym_of(surface, self.text)

    def _leaves_open(self, canonical: str) -> bool:
        """Say whether a name tells what the document leaves to its readers: the party of who speaks, England."""
        others = _unsaid().get(canonical)
        if others is None or self.home != others.home:
            return False
        return self.names.isdisjoint(others.names)

    def _holds(self, name: str) -> bool:
        stems = frozenset(content_stems(" ".join(w for w in name.split() if w.lower() not in name_words().small)))
        return bool(stems) and any(_stand_near(stems, sentence) for sentence in self.sentences)


def _stand_near(stems: frozenset[str], sentence: Sequence[str]) -> bool:
    """Say whether a sentence has stems near one another: those of "Department of Education" may be of two bodies."""
    if not stems.issubset(sentence):
        return False
    last: dict[str, int] = {}
    for at, stem in enumerate(sentence):
        if stem in stems:
            last[stem] = at
            if len(last) == len(stems) and at - min(last.values()) < len(stems) + AMONG:
                return True
    return False


class Particulars:
    """The words of whole documents, asked for only when a name is missed. Safe to share between threads."""

    def __init__(self, passages_of: PassagesOf) -> None:
        self._passages_of = passages_of
        self._known: OrderedDict[tuple[str, str], _Known] = OrderedDict()

    def without_known_names(self, findings: Sequence[Finding], document: Document) -> tuple[Finding, ...]:
        """Leave out the names said not to be stated that the document states elsewhere, or that are its own.

        Args:
            findings: Of one claim against some of the document's passages.
            document: The document.
        """
        if not any(_misses_a_name(finding) for finding in findings):
            return tuple(findings)
        known = self._read(document)
        return tuple(
            f
            for f in findings
            if not _misses_a_name(f)
            or not (is_incumbent(_form(f), document) or known.speaks_of(f.claimed.surface, _form(f)))
        )

    def _read(self, document: Document) -> _Known:
        key = (document.id, document.sha256)
        if key not in self._known:
            own = [document.publisher, document.title, document.speaker]
            texts = [document.text] if document.text else [p.text for p in self._of(document)]
            text = "\n\n".join(texts)
            names = extract_names("\n\n".join(own) + "\n\n" + text[:LONGEST_TEXT])
            rows = [*own, *(span.slice(text) for span in split_sentences(text))]
            self._known[key] = _Known(
                tuple(tuple(content_stems(row)) for row in rows if row),
                frozenset(mention.canonical for mention in names)
                | {fold_name(one) for one in (*own, find_organ(document.url)) if one},
                "\n\n".join((*own, text)),
                find_home(document.url) or "",
            )
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return self._known[key]

    def _of(self, document: Document) -> Sequence[Passage]:
        return self._passages_of(document.id, document.version)


def _form(finding: Finding) -> str:
    return finding.claimed.value or fold_name(finding.claimed.surface)


@dataclass(frozen=True, slots=True)
class _Unsaid:
    """A name that goes without saying at home, unless one of other names stands in the document."""

    home: str
    names: frozenset[str]


@cache
def _unsaid() -> Mapping[str, _Unsaid]:
    groups = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["unsaid"]
    return {
        name: _Unsaid(group["home"], frozenset(group["names"]) | frozenset(group["unless"]))
        for group in groups
        for name in group["names"]
    }


@cache
def _hosts(table: str) -> Mapping[str, str]:
    hosts: dict[str, str] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))[table]
    return hosts


def find_home(url: str) -> str | None:
    """Return the canonical name of the country whose institutions publish under an address, or None.

    Args:
        url: Of a document.

    >>> find_home("https://www.gov.uk/news/1"), find_home("https://www.whitehouse.gov/x"), find_home("https://a.org")
    ('united kingdom', 'united states', None)
    """
    return find_by_host(url, _hosts("homes"))


def find_organ(url: str) -> str | None:
    """Return the canonical name of what a page is published in, or None: "Federal Register".

    Args:
        url: Of a document.

    >>> find_organ("https://www.federalregister.gov/d/2016-08649"), find_organ("https://www.gov.uk/news/1")
    ('federal register', None)
    """
    return find_by_host(url, _hosts("organs"))


def _misses_a_name(finding: Finding) -> bool:
    return finding.lane is Lane.NAME and finding.effect is Effect.NOT_STATED
