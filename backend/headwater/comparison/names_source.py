"""All names of the passages that a claim faces, and what they are to a name of the claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from headwater.comparison.names_lists import NameList, read_lists
from headwater.comparison.names_relations import NameRelation, relate_names
from headwater.comparison.names_settings import Setting, read_settings, word_sets
from headwater.domain.facts import Annotated, NameMention
from headwater.extraction.names_folding import fold_name
from headwater.extraction.names_tables import name_words, place_parents


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
    """

    settings: tuple[Setting, ...]
    lists: tuple[NameList, ...]
    sentences: tuple[frozenset[str], ...]
    words: tuple[frozenset[str], ...]
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
            if place_parents().get(canonical) == ours.canonical:
                inside.extend(settings)
        return Related(
            tuple(found[NameRelation.SAME]),
            tuple(found[NameRelation.SPELT_OTHERWISE]),
            tuple(found[NameRelation.FIRST_NAME]),
            tuple(inside),
        )

    def holds_words(self, ours: NameMention) -> bool:
        """Say whether a sentence of the source has all words of a name, as a name or not.

        Args:
            ours: A name of the claim.
        """
        wanted = [frozenset(form.split()) - name_words().small for form in {ours.canonical, fold_name(ours.surface)}]
        return any(words and words <= sentence for words in wanted for sentence in self.words)


def read_source(passages: Sequence[Annotated]) -> Source:
    """Read the names of the passages.

    Args:
        passages: The aligned ones first.
    """
    settings: list[Setting] = []
    lists: list[NameList] = []
    words: list[frozenset[str]] = []
    for index, passage in enumerate(passages):
        own = read_settings(passage, index)
        settings += own
        lists += read_lists(passage, own, index)
        words += word_sets(passage.text)
        if passage.speaker:
            words.append(frozenset(fold_name(passage.speaker).split()))
    by_name: dict[str, list[Setting]] = {}
    for setting in settings:
        by_name.setdefault(setting.mention.canonical, []).append(setting)
    sentences = {(setting.passage, setting.sentence): setting.names for setting in settings}
    return Source(tuple(settings), tuple(lists), tuple(sentences.values()), tuple(words), by_name)
