"""The table of modality cues, ready to be matched against the words of a text."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from headwater.extraction.verbs import irregular_forms, is_past

BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m"})
HAVE = frozenset({"have", "has", "had", "'ve", "having"})
UNDER_WAY = frozenset({"is", "are", "'re", "'m", "am"})
PAST = frozenset({"was", "were", "did"})
ENDS = frozenset('\n.!?;:()“”"–—')  # marks that end a clause
WORDS_REMEMBERED = 50_000  # as they are written: a large newspaper's vocabulary


@dataclass(frozen=True, slots=True)
class Cue:
    """A step of a ladder.

    Args:
        name: The rule's name for it.
        ladder: "status" or "strength".
        step: Its place, from 1.
        takes: What it governs: "verb", "noun" or "either".
    """

    name: str
    ladder: str
    step: int
    takes: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a cue, each as the set of forms it may take."""

    words: tuple[frozenset[str], ...]
    cue: Cue

    @property
    def infinitive(self) -> bool:
        """Whether a base form must come next."""
        return self.words[-1] == {"to"}


DONE = Cue("done", "status", 8, "verb")
AIMED = Cue("aimed", "strength", 3, "verb")
PLANNED = Cue("planned", "status", 3, "verb")
ASKED = Cue("asked", "status", 1, "verb")
TO = Phrase((frozenset({"to"}),), ASKED)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("modality.toml").read_text("utf-8"))


@cache
def phrases() -> Mapping[str, Sequence[Phrase]]:
    """Return every phrase by each form of its first word, longest first."""
    found: dict[str, list[Phrase]] = {}
    for row in _table()["cue"]:
        cue = Cue(row["name"], row["ladder"], row["step"], row["takes"])
        for written in row["phrases"]:
            phrase = Phrase(tuple(_forms(word) for word in written.split()), cue)
            for form in phrase.words[0]:
                found.setdefault(form, []).append(phrase)
    return {form: sorted(group, key=lambda phrase: -len(phrase.words)) for form, group in found.items()}


@cache
def importance() -> Mapping[str, tuple[str, int]]:
    """Return the name and step of every adjective of importance."""
    return {word: (row["name"], row["step"]) for row in _table()["importance"] for word in row["words"]}


@cache
def statuses() -> Mapping[str, tuple[str, int]]:
    """Return the name and step of every form of a verb that tells how far an instrument has come."""
    return {
        form: (row["name"], row["step"])
        for row in _table()["status"]
        for verb in row["verbs"]
        for form in inflect(verb)
    }


@cache
def status_phrases() -> Sequence[tuple[tuple[frozenset[str], ...], str, int]]:
    """Return the phrases that tell how far an instrument has come ("came into force"), with name and step."""
    return tuple(
        (tuple(_forms(word) for word in written.split()), row["name"], row["step"])
        for row in _table()["status"]
        for written in row.get("phrases", ())
    )


@cache
def listed(name: str) -> frozenset[str]:
    """Return one of the lists of words of the table.

    Args:
        name: "between", "determiners", "prepositions", ...
    """
    return frozenset(_table()["words"][name].split())


@cache
def asking() -> frozenset[str]:
    """Return every form of the verbs by which somebody is asked to do a thing."""
    return frozenset(form for verb in listed("asking") for form in inflect(verb))


def _forms(word: str) -> frozenset[str]:
    if word == "be":
        return BE
    return inflect(word[1:]) if word.startswith("~") else frozenset({word})


@cache
def inflect(verb: str) -> frozenset[str]:
    """Return the forms a verb may take; a few that do not exist do no harm.

    >>> sorted(inflect("plan"))
    ['plan', 'planed', 'planing', 'planned', 'planning', 'plans']
    """
    if verb == "have":
        return HAVE
    root = verb[:-1] if verb.endswith("e") else verb
    forms = {verb, f"{verb}s", f"{root}ed", f"{root}ing", *irregular_forms(verb)}
    if verb.endswith("y"):
        forms |= {f"{verb[:-1]}ies", f"{verb[:-1]}ied"}
    if verb.endswith(("s", "x", "z", "ch", "sh")):
        forms.add(f"{verb}es")
    if verb[-1] in "bdglmnprt" and verb[-2] in "aeiou":
        forms |= {f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"}
    return frozenset(forms)


@cache
def no_doers() -> frozenset[str]:
    """Words that cannot stand before a verb in -ed to do it; made once, as it is asked of every such word."""
    return listed("determiners") | listed("prepositions") | BE | HAVE | {",", "and", "or", "not", "'s"}


@cache
def not_carried() -> frozenset[str]:
    """Words that nothing is carried on to: no verbs."""
    return listed("determiners") | listed("prepositions") | listed("subjects") | {"and", "or", "not"}


@lru_cache(maxsize=WORDS_REMEMBERED)
def tells(word: str) -> bool:
    """Say whether a word can end a clause, be or begin a cue, or be a verb told as done: most words cannot.

    Args:
        word: In lower case, or a mark.
    """
    listed_somewhere = word in listed("new_clause") or word in asking() or word in phrases()
    return listed_somewhere or word in ENDS or word in UNDER_WAY or word in PAST or word in HAVE or is_past(word)
