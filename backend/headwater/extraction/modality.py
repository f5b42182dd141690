"""What is said to be planned, possible, expected, required or done: each verb with the cue that governs it.

No parser: a cue governs the verb that follows it (adverbs and auxiliaries between), and through "and", "to" and "by"
the verbs coordinated with that one, until the clause ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from headwater.domain.facts import Modality
from headwater.domain.spans import Span
from headwater.extraction.modality_cues import (
    AIMED,
    ASKED,
    BE,
    DONE,
    ENDS,
    HAVE,
    PAST,
    PLANNED,
    TO,
    UNDER_WAY,
    Cue,
    Phrase,
    asking,
    importance,
    listed,
    no_doers,
    not_carried,
    phrases,
    tells,
)
from headwater.extraction.modality_words import Word, read_words
from headwater.extraction.verbs import is_gerund, is_participle, is_past, single_verb, verb_base

TEXTS_REMEMBERED = 1024  # an article's passages are compared with each of its claims in turn
REACH = 7  # words between a cue and what it governs; longer adverbials are rare
ASKED_REACH = 12  # words of who is asked: "the President of the European Council António Costa"
TIME_REACH = 25  # words between a verb and when: objects with their figures stand between
GROUP = 5  # words of a noun group that a cue of status governs ("a ban on", "new rules for")

# What is told after these with "has" is still to come, or holds in any case: "once the panel has reported".
_AWAITING = frozenset({"once", "until", "unless", "when", "whenever", "if"})
_CLAUSES = frozenset({"that", "which", "who", "because", "since", "while", "although", "but"})
CLAUSE_REACH = 20  # words between an opener and the auxiliary of its clause: "until A is in line with B and C has"
_DECIDED = frozenset({"decided", "voted", "resolved", "agreed"})
_COMPOUND = re.compile(r"(?<![a-z])[a-z]{4,}+-")  # "re-elected" and "co-signed" are verbs
_TAKE_GERUND = frozenset({"committed", "forward", "commitment", "dedicated", "devoted"})  # "committed to signing"
_NEGATIONS = frozenset({"not", "never"})
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|No|Prof|Gen|Sen|Rep|Gov|[A-Z]))\Z")
_LEAVE_WAY = frozenset({"will", "would", "shall"})  # "will have to", "would be likely to": what follows says more


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb, or a noun, and the cue that governs it.

    Args:
        word: As written, lower case.
        span: Of the word.
        key: The stem of its verb.
        cue: What governs it.
        cue_span: Of the cue's words.
        negated: Whether "not" or "never" stands between.
        direct: Whether the cue stands right before it, rather than being carried on by "and", "to" or "by".
        past: Whether it is told of the past ("may have signed").
    """

    word: str
    span: Span
    key: str
    cue: Cue
    cue_span: Span
    negated: bool = False
    direct: bool = True
    past: bool = False


def extract_modalities(text: str) -> tuple[Modality, ...]:
    """Extract the cues of modality, status and importance of a text.

    Args:
        text: Working text.

    Returns:
        In order of appearance; the span is the cue's, not that of what it governs.

    >>> [(m.surface, m.cue, m.step) for m in extract_modalities("He will sign a key treaty and may announce another.")]
    [('will', 'will', 4), ('key', 'key', 2), ('may', 'may', 1)]
    """
    found = {
        predicate.cue_span: Modality(
            predicate.cue_span.slice(text),
            predicate.cue_span,
            predicate.cue.name,
            predicate.cue.step,
            predicate.negated,
        )
        for predicate in read_predicates(text)
        if predicate.direct
    }
    for word in read_words(text):
        if word.text in importance():
            name, step = importance()[word.text]
            found[word.span] = Modality(word.span.slice(text), word.span, name, step)
    return tuple(found[span] for span in sorted(found))


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_predicates(text: str) -> tuple[Predicate, ...]:
    """Return every verb, and every noun under a cue of status, with what governs it, in order of appearance.

    Args:
        text: Working text.
    """
    return tuple(_Reading(text, read_words(text)).predicates())


@dataclass
class _Reading:
    """One pass over the words of a text."""

    text: str
    words: Sequence[Word]
    governing: Predicate | None = None

    def predicates(self) -> Iterator[Predicate]:
        at = 0
        while at < len(self.words):
            word = self.words[at].text
            if not tells(word):
                if self.governing is not None and (carried := self._carried(at)) is not None:
                    yield carried
                at += 1
                continue
            if self._ends_clause(at) or word in listed("new_clause"):
                self.governing = None
                at += 1
                continue
            found = self._requested(at) or self._governed(at) or self._under_way(at) or self._finite(at)
            if found:
                self.governing = found[0][0]
                yield from found[0]
                at = found[1]
                continue
            carried = self._carried(at)
            if carried is not None:
                yield carried
            at += 1

    def _ends_clause(self, at: int) -> bool:
        mark = self.words[at]
        if mark.text not in ENDS:
            return False
        return mark.text != "." or not _ABBREVIATED.search(self.text, max(0, mark.start - 5), mark.start)

    def _match(self, at: int) -> Phrase | None:
        """Return the longest phrase of the table that begins here."""
        known = phrases().get(self.words[at].text) if at < len(self.words) else None
        if not known or self._is_name(at):
            return None
        return next((phrase for phrase in known if self._goes_on(at, phrase.words)), None)

    def _goes_on(self, at: int, forms: Sequence[frozenset[str]]) -> bool:
        """Say whether the words behind the first of a phrase are its words, too."""
        if at + len(forms) > len(self.words):
            return False
        return all(self.words[at + place].text in forms[place] for place in range(1, len(forms)))

    def _is_name(self, at: int) -> bool:
        """Say whether a word that looks like a cue is a month or a noun: "in May", "the will of"."""
        word = self.words[at]
        before = self.words[at - 1].text if at else ""
        if word.text == "may" and word.capital:
            around = self.words[max(0, at - 1) : at + 2]
            opens = at == 0 or self._ends_clause(at - 1)
            after = self.words[at + 1].text if at + 1 < len(self.words) else ""
            if opens:
                return after[:1].isdigit() or after in {"and", "to", ",", "of", "was", "is", "saw"}
            return not all(near.capital for near in around)  # "UK May Sign Deal": a headline in capitals
        after = self.words[at + 1].text if at + 1 < len(self.words) else ""
        if word.text.startswith("weigh") and after in listed("weighed_on"):
            return True  # "will weigh on demand": nobody considers it
        return word.text in {"will", "might", "can", "must"} and before in listed("determiners")

    def _governed(self, at: int) -> tuple[list[Predicate], int] | None:
        """Read a cue, the cues that follow it at once, and what they govern together."""
        phrase = self._match(at)
        if phrase is None:
            return None
        cue, start, past = self._goal(phrase.cue, at), at, at > 0 and self.words[at - 1].text in HAVE
        at += len(phrase.words)
        end, negated = at - 1, at > 1 and self.words[start - 1].text in _NEGATIONS
        while True:
            at, crossed = self._skip(at)
            negated = negated or not _NEGATIONS.isdisjoint(crossed)
            past = past or not HAVE.isdisjoint(crossed)
            following = self._match(at)
            if following is None or phrase.cue.takes != "verb":
                break
            cue = following.cue if cue.name in _LEAVE_WAY else cue
            phrase, at = following, at + len(following.words)
            end = at - 1
        span = Span(self.words[start].start, self.words[end].end)
        model = Predicate("", span, "", cue, span, negated, past=past)
        heads = self._heads(at, phrase)
        if not heads:
            return None
        if self.words[start].text in _DECIDED and self.words[heads[0]].text in listed("done_by_deciding"):
            model = replace(model, cue=DONE, past=True)
        return [self._named(model, head, direct=head == heads[0]) for head in heads], heads[-1] + 1

    def _goal(self, cue: Cue, at: int) -> Cue:
        """Read "the aim is to cut" as an aim, not as something arranged."""
        is_goal = cue.name == "will" and at > 0 and self.words[at - 1].text in listed("goals")
        return AIMED if is_goal else cue

    def _skip(self, at: int) -> tuple[int, set[str]]:
        """Pass the adverbs and auxiliaries before a verb; return where it stands and what was passed."""
        crossed: set[str] = set()
        for _ in range(REACH):
            if at >= len(self.words):
                break
            word = self.words[at].text
            adverb = word.endswith("ly") and word not in {
                "apply",
                "supply",
                "rely",
                "reply",
                "comply",
                "fly",
                "multiply",
            }
            if not (word in listed("between") or adverb or word in BE or word in HAVE):
                break
            if self._match(at) is not None:
                break
            crossed.add(word)
            at += 1
        return at, crossed

    def _heads(self, at: int, phrase: Phrase) -> list[int]:
        """Return the verb that a cue governs, or the words of the noun group that one of status does."""
        if at >= len(self.words) or not self.words[at].text[0].isalpha():
            return []
        word = self.words[at].text
        function = word in listed("determiners") or word in listed("prepositions") or word in listed("subjects")
        if phrase.infinitive or phrase.cue.takes == "verb":
            takes_gerund = len(phrase.words) > 1 and not phrase.words[-2].isdisjoint(_TAKE_GERUND)
            gerund = (
                phrase.infinitive and is_gerund(word) and not takes_gerund and word not in {"bring", "ring", "sing"}
            )
            return [] if function or _is_plural(word) or gerund else [at]
        if is_gerund(word):
            return [at]
        group = []
        for place in range(at, min(at + GROUP, len(self.words))):
            word = self.words[place].text
            if word in listed("determiners"):
                continue
            if (
                not word[0].isalpha()
                or word in listed("prepositions")
                or word in listed("new_clause")
                or word in BE | HAVE
            ):
                break
            group.append(place)
        return group

    def _named(self, model: Predicate, at: int, *, direct: bool) -> Predicate:
        word = self.words[at]
        single = self._single(at)
        return replace(model, word=single, span=word.span, key=verb_base(single), direct=direct)

    def _single(self, at: int) -> str:
        """Return a verb as written, or the one that a verb of two words stands for: "establish" for "set up"."""
        word = self.words[at].text
        return single_verb(word, self.words[at + 1].text if at + 1 < len(self.words) else "") or word

    def _requested(self, at: int) -> tuple[list[Predicate], int] | None:
        """Read "called on the council to invite her" as a thing asked for."""
        word = self.words[at].text
        if word not in asking():
            return None
        if at and (self.words[at - 1].text in BE or self.words[at - 1].text in listed("determiners")):
            return None
        for goal in range(at + 2, min(at + 2 + ASKED_REACH, len(self.words) - 1)):
            if self._ends_clause(goal) or self.words[goal].text in listed("new_clause"):
                return None
            if self.words[goal].text == "to":
                heads = self._heads(goal + 1, TO)
                span = Span(self.words[at].span.start, self.words[goal].span.end)
                model = Predicate("", span, "", ASKED, span)
                return ([self._named(model, head, direct=True) for head in heads], heads[-1] + 1) if heads else None
        return None

    def _under_way(self, at: int) -> tuple[list[Predicate], int] | None:
        """Read "is investing over the coming decade" as planned: most of it is still to come."""
        if self.words[at].text not in UNDER_WAY:
            return None
        head, crossed = self._skip(at + 1)
        if head >= len(self.words) or not is_gerund(self.words[head].text) or self._match(head) is not None:
            return None
        if (
            self.words[head].text in listed("no_plan")
            or not self._is_to_come(head)
            or not _NEGATIONS.isdisjoint(crossed)
        ):
            return None
        span = Span(self.words[at].span.start, self.words[head].span.end)
        return [self._named(Predicate("", span, "", PLANNED, span), head, direct=True)], head + 1

    def _is_to_come(self, at: int) -> bool:
        """Say whether a clause goes on to a time ahead: "over the coming decade", "next year"."""
        for place in range(at + 1, min(at + 1 + TIME_REACH, len(self.words) - 1)):
            if self._ends_clause(place) or self.words[place].text in listed("new_clause"):
                return False
            ahead = {word.text for word in self.words[place + 1 : place + 3]}
            if self.words[place].text in {"next", "coming"} and not ahead.isdisjoint(listed("times")):
                return True
        return False

    def _finite(self, at: int) -> tuple[list[Predicate], int] | None:
        """Read "has signed", "was signed" and "signed" as done."""
        word = self.words[at]
        if word.text in HAVE or word.text in PAST:
            return self._with_auxiliary(at)
        if not (is_past(word.text) and self._stands_as_verb(at)) or _COMPOUND.search(word.text):
            return None  # "mortgage-backed"
        # "records contained in", "comments submitted by": perhaps no verb of its own
        after = self.words[at + 1].text if at + 1 < len(self.words) else ""
        if after in listed("finite"):
            return None  # "the shires covered include"
        direct = after not in listed("prepositions")
        single = self._single(at)
        done = Predicate(single, word.span, verb_base(single), DONE, word.span, direct=direct, past=True)
        return [done], at + 1

    def _with_auxiliary(self, at: int) -> tuple[list[Predicate], int] | None:
        head, crossed = self._skip(at + 1)
        if head >= len(self.words) or self._match(head) is not None or "ever" in crossed:
            return None
        word, negated = self.words[head].text, not _NEGATIONS.isdisjoint(crossed)
        # "did" alone may be a verb of its own, or a question's
        if not (negated and word.isalpha() if self.words[at].text == "did" else is_participle(word)):
            return None
        span = Span(self.words[at].span.start, self.words[head].span.end)
        so_far = not crossed.isdisjoint({"since", "far", "already"})
        awaited = not so_far and self.words[at].text in {"has", "have"} and self._opens_with(at, _AWAITING)
        model = Predicate("", span, "", PLANNED if awaited else DONE, span, negated, past=not awaited)
        return [self._named(model, head, direct=True)], head + 1

    def _opens_with(self, at: int, openers: frozenset[str]) -> bool:
        """Say whether the clause before a verb is opened by one of some words: "once the panel has reported"."""
        for place in range(at - 1, max(at - 1 - CLAUSE_REACH, -1), -1):
            if self._ends_clause(place) or self.words[place].text in _CLAUSES:
                return False
            if self.words[place].text in openers:
                return place == 0 or self._ends_clause(place - 1) or self.words[place - 1].text not in _CLAUSES
        return False

    def _stands_as_verb(self, at: int) -> bool:
        """Say whether a word in -ed is a verb rather than an adjective: something must stand before it to do it."""
        if at == 0 or self._ends_clause(at - 1):
            return False
        before = self.words[at - 1]
        if before.text in {"that", "which", "who", "it", "they", "he", "she", "we", "i", "you", "also", "this"}:
            return True
        return before.text not in no_doers() and before.text[0].isalnum()

    def _carried(self, at: int) -> Predicate | None:
        """Carry what governs a clause on to a verb after "and", "to" or "by"."""
        if self.governing is None or at == 0:
            return None
        word, before = self.words[at].text, self.words[at - 1].text
        if not word[0].isalpha() or self.words[at].capital or word in not_carried():
            return None
        done, governing = self.governing.cue is DONE, self.governing
        if before in {"and", "or", ","} or (before in {"also", "then"} and at > 1 and self.words[at - 2].text == "and"):
            fits = is_participle(word) if done else not (is_gerund(word) or word.endswith("ed") or _is_plural(word))
        elif before == "to":
            fits = not done and not is_gerund(word)
            goes_on = at > 1 and self.words[at - 2].text in listed("aspectual")  # "will continue to offer"
            if governing.cue.name in listed("certain") and not goes_on:
                governing = replace(
                    governing, cue=AIMED
                )  # "will fund research to save the reef": that is the aim of it
        else:
            fits = is_gerund(word) and (before in {"by", "before", "after", "when"} or before in listed("aspectual"))
        return self._named(governing, at, direct=False) if fits else None


def _is_plural(word: str) -> bool:
    """Say whether a word ends as a plural does, or a verb that agrees with its subject: no base form does."""
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))
