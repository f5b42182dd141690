"""All names of the passages that a claim faces, and what they are to a name of the claim."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from headwater.comparison.names_lists import NameList, read_lists
from headwater.comparison.names_relations import NameRelation, relate_names
from headwater.comparison.names_roles import Part, read_parts
from headwater.comparison.names_settings import Setting, read_settings, word_rows
from headwater.domain.facts import Annotated, NameKind, NameMention
from headwater.extraction.names_folding import fold_name
from headwater.extraction.names_short import is_shortened_in
from headwater.extraction.names_tables import demonyms, lies_within, name_words, place_parents

SHORTEST_ACRONYM = 3  # letters: two begin any two words
SHORTEST_SOLID = 6  # letters: shorter ones meet in other words
_RULES = frozenset(("government", "administration", "ministry", "cabinet", "coalition", "presidency", "premiership"))
_RULES |= {"years", "era"}
AMONG = 4  # further words that may stand among those of a name: "the budget which the Government of Scotland"


@dataclass(frozen=True, slots=True)
class Related:
    """The official names that have to do with a name of the claim.

    Args:
        same: That are the same.
        spelt: That are spelt a little otherwise.
        first_name: With the same surname and another first name.
        inside: Places inside the claimed one.
    """

    same: tuple[Setting, ...] = ()
    spelt: tuple[Setting, ...] = ()
    first_name: tuple[Setting, ...] = ()
    inside: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The names of all passages.

    Args:
        settings: Of every name, in order of the passages.
        lists: Their lists.
        sentences: Canonical names of each sentence that has any.
        words: Folded words of every sentence of the passages and of the names of their speakers.
        texts: The passages as working text.
        parts: Their verbs with the names that take part in them.
        speakers: Of the passages, "" for narration.
        told: By index of the passage, the content words and names of its sentences that have a name.
    """

    settings: tuple[Setting, ...]
    lists: tuple[NameList, ...]
    sentences: tuple[frozenset[str], ...]
    words: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...]
    parts: tuple[Part, ...]
    speakers: tuple[str, ...]
    told: dict[int, frozenset[str]] = field(repr=False)
    by_name: dict[str, list[Setting]] = field(repr=False)

    def related(self, ours: NameMention) -> Related:
        """Return the official names that have to do with a name of the claim.

        Args:
            ours: A name of the claim.
        """
        if ours.canonical in self.by_name:
            return Related(same=tuple(self.by_name[ours.canonical]))
        found: dict[NameRelation, list[Setting]] = {relation: [] for relation in NameRelation}
        inside: list[Setting] = []
        for canonical, settings in self.by_name.items():
            found[relate_names(ours, settings[0].mention)].extend(settings)
            if place_parents().get(canonical) == ours.canonical or lies_within(canonical, ours.canonical):
                inside.extend(settings)
        return Related(
            tuple(found[NameRelation.SAME]),
            tuple(found[NameRelation.SPELT_OTHERWISE]),
            tuple(found[NameRelation.FIRST_NAME]),
            tuple(inside),
        )

    def holds_words(self, ours: NameMention) -> bool:
        """Say whether a sentence of the source has all words of a name near one another, as a name or not.

        Args:
            ours: A name of the claim.
        """
        forms = {ours.canonical, fold_name(ours.surface), *demonyms().get(ours.canonical, ())}
        if any(self.holds_form(form) for form in forms):
            return True
        if self._holds_head(ours) or self._holds_rule_of(ours):
            return True
        first, *rest = ours.surface.split()
        letters = first.replace(".", "")
        if not (letters.isupper() and letters.isascii() and len(letters) >= SHORTEST_ACRONYM):
            return False
        return any(_spells_out(sentence, letters.lower(), rest) for sentence in self.words)

    def shortens(self, ours: NameMention) -> bool:
        """Say whether the source writes a name in short: "Riverdale, MD".

        Args:
            ours: A name of the claim.
        """
        return any(is_shortened_in(ours.surface, ours.canonical, text) for text in self.texts)

    def _holds_head(self, ours: NameMention) -> bool:
        """Say whether the source calls a body by its head word alone ("the Commission"), and no other body so."""
        head = ours.canonical.split()[-1]
        if " " not in ours.canonical or head not in name_words().organisations:
            return False
        if any(name.endswith(f" {head}") for name in self.by_name):
            return False
        alone = re.compile(rf"\b[Tt]he {head.capitalize()}(?! [A-Z])\b")
        return any(alone.search(text) for text in self.texts)

    def _holds_rule_of(self, ours: NameMention) -> bool:
        """Say whether the source calls a government by a person's surname: "the Howard Government", "Obama years"."""
        first, _, surname = fold_name(ours.surface).rpartition(" ")
        if not first or ours.kind is not NameKind.PERSON:
            return False
        pairs = (pair for sentence in self.words for pair in pairwise(sentence))
        return any(one == surname and other in _RULES for one, other in pairs)

    def holds_form(self, form: str) -> bool:
        """Say whether a sentence of the source has all telling words of a folded name near one another.

        Args:
            form: The folded name.
        """
        wanted = frozenset(form.split()) - name_words().small
        if wanted and any(_hold_near(sentence, wanted) for sentence in self.words):
            return True
        solid = form.replace(" ", "")
        return len(solid) >= SHORTEST_SOLID and any(_holds_solid(sentence, solid) for sentence in self.words)


def _holds_solid(sentence: Sequence[str], solid: str) -> bool:
    """Say whether one word, or two in a row, are a name written with or without its blank: "Astra Zeneca"."""
    return solid in sentence or any(one + other == solid for one, other in pairwise(sentence))


def _spells_out(sentence: Sequence[str], letters: str, rest: Sequence[str]) -> bool:
    """Say whether words in a row begin with the letters of an acronym, small words aside, further words near them."""
    telling = [word for word in sentence if word not in name_words().small]
    if not all(fold_name(word) in telling for word in rest):
        return False
    starts = "".join(word[0] for word in telling)
    at = starts.find(letters)
    return at >= 0 and (len(letters) > SHORTEST_ACRONYM or any(word in name_words().organisations for word in telling))


def _hold_near(sentence: Sequence[str], wanted: frozenset[str]) -> bool:
    """Say whether words stand together: those of "the Department of Education" scattered over a sentence are others."""
    places = [at for at, word in enumerate(sentence) if word in wanted]
    if len(wanted) == 1 or len(places) < len(wanted):
        return bool(places) and len(wanted) == 1
    reach = len(wanted) + AMONG
    last: dict[str, int] = {}
    for at in places:
        last[sentence[at]] = at
        if len(last) == len(wanted) and at - min(last.values()) < reach:
            return True
    return False


def read_source(passages: Sequence[Annotated]) -> Source:
    """Read the names of the passages.

    Args:
        passages: The aligned ones first.
    """
    settings: list[Setting] = []
    lists: list[NameList] = []
    words: list[tuple[str, ...]] = []
    parts: list[Part] = []
    told: dict[int, frozenset[str]] = {}
    for index, passage in enumerate(passages):
        own = read_settings(passage, index)
        settings += own
        lists += read_lists(passage, own, index)
        parts += read_parts(passage, own)
        told[index] = frozenset(key for setting in own for key in setting.told)
        words += word_rows(passage.text)
        if passage.speaker:
            words.append(tuple(fold_name(passage.speaker).split()))
    texts = tuple(passage.text for passage in passages)
    by_name: dict[str, list[Setting]] = {}
    for setting in settings:
        by_name.setdefault(setting.mention.canonical, []).append(setting)
    sentences = {(setting.passage, setting.sentence): setting.names for setting in settings}
    return Source(
        tuple(settings),
        tuple(lists),
        tuple(sentences.values()),
        tuple(words),
        texts,
        tuple(parts),
        tuple(passage.speaker for passage in passages),
        told,
        by_name,
    )
