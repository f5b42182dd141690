"""A matcher that counts its steps: the same backtracking as the engine's, slow, and the same on every machine.

It reads the engine's own parse of an expression. A repeat with a bound is given a small one: what is bounded costs a
factor, and a factor is no growth.
"""

from __future__ import annotations

import re
import re._constants as sre
import re._parser as parser
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

SMALL = 6  # times, for a repeat that has a bound: the shape stays, and short inputs tell growth from a factor
Next = Callable[[int], int | None]
Matcher = Callable[[int, Next], int | None]


class TooManyStepsError(Exception):
    """The count passed its limit."""


@contextmanager
def deep_recursion() -> Iterator[None]:
    """Let Python's own functions call each other deeply; for C's the limit stands, or they end the process."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


class Counting:
    """An expression that is tried on one text.

    Args:
        pattern: The compiled expression.
        most: Steps after which it is given up.
    """

    def __init__(self, pattern: re.Pattern[str], most: int = 6_000) -> None:
        self.steps, self._most = 0, most
        self._text, self._flags = "", pattern.flags
        self._groups: dict[int, tuple[int, int]] = {}
        self._whole = self._sequence(parser.parse(pattern.pattern, pattern.flags))

    def search_all(self, text: str, *, anchored: bool = False) -> int:
        """Return the steps of finding all matches in a text, or the one at its start."""
        self.steps, self._text, at = 0, text, 0
        with deep_recursion():
            while at <= (0 if anchored else len(text)):
                self._groups = {}
                end = self._whole(at, lambda place: place)
                at = at + 1 if end is None or end == at else end
        return self.steps

    def _count(self) -> None:
        self.steps += 1
        if self.steps > self._most:
            raise TooManyStepsError

    def _sequence(self, nodes: Any) -> Matcher:
        matchers = [self._node(op, given) for op, given in nodes]

        def match(at: int, go_on: Next, index: int = 0) -> int | None:
            if index == len(matchers):
                return go_on(at)
            return matchers[index](at, lambda place: match(place, go_on, index + 1))

        return matchers[0] if len(matchers) == 1 else match

    def _node(self, op: Any, given: Any) -> Matcher:  # noqa: PLR0911 - one line each
        if (single := self._single(op, given)) is not None:
            return lambda at, go_on: go_on(at + 1) if single(at) else None
        if op is sre.AT:
            return lambda at, go_on: go_on(at) if self._stands(given, at) else None
        if op in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
            return self._repeat(op, *given)
        if op is sre.BRANCH:
            return self._branch([(self._first(way), self._sequence(way)) for way in given[1]])
        if op is sre.SUBPATTERN:
            outer, self._flags = self._flags, (self._flags | given[1]) & ~given[2]
            inside, self._flags = self._sequence(given[3]), outer
            return self._group(given[0], inside)
        if op is sre.ATOMIC_GROUP:
            inside = self._sequence(given)
            return lambda at, go_on: None if (end := inside(at, lambda place: place)) is None else go_on(end)
        if op in {sre.ASSERT, sre.ASSERT_NOT}:
            return self._look(given[0], given[1], wanted=op is sre.ASSERT)
        if op is sre.GROUPREF:
            return lambda at, go_on: self._again(given, at, go_on)
        raise NotImplementedError(op)

    def _single(self, op: Any, given: Any) -> Callable[[int], bool] | None:
        flags = self._flags
        if op is sre.LITERAL:
            return lambda at: self._here(at, lambda code: code == given, flags)
        if op is sre.NOT_LITERAL:
            return lambda at: self._here(at, lambda code: code != given, flags)
        if op is sre.ANY:
            return lambda at: self._here(at, lambda code: bool(flags & re.DOTALL) or code != 10, flags)
        if op is sre.IN:
            negated = given[0][0] is sre.NEGATE
            parts = given[1:] if negated else given
            return lambda at: self._here(at, lambda code: negated != any(_holds(part, code) for part in parts), flags)
        return None

    def _first(self, way: Any) -> str | None:
        """Return the letter that a way begins with, where it is one: the engine tries no other way."""
        if not len(way) or way[0][0] is not sre.LITERAL:
            return None
        return chr(way[0][1]).casefold()

    def _branch(self, ways: list[tuple[str | None, Matcher]]) -> Matcher:
        def match(at: int, go_on: Next) -> int | None:
            self._count()
            here = self._text[at : at + 1].casefold()
            for first, way in ways:
                if (first is None or first == here) and (end := way(at, go_on)) is not None:
                    return end
            return None

        return match

    def _here(self, at: int, fits: Callable[[int], bool], flags: int) -> bool:
        self._count()
        if at >= len(self._text):
            return False
        character = self._text[at]
        if not flags & re.IGNORECASE:
            return fits(ord(character))
        return any(fits(ord(form)) for form in {character, character.lower()[0], character.upper()[0]})

    def _repeat(self, op: Any, least: int, most: Any, body: Any) -> Matcher:
        limit = None if most is sre.MAXREPEAT else min(int(most), max(int(least), SMALL))
        single = self._single(*body[0]) if len(body) == 1 else None
        if single is not None:
            return self._repeat_single(op, int(least), limit, single)
        inside = self._sequence(body)
        if op is sre.POSSESSIVE_REPEAT:
            return self._repeat_possessive(int(least), limit, inside)
        lazy = op is sre.MIN_REPEAT

        def match(at: int, go_on: Next, times: int = 0, before: int = -1) -> int | None:
            self._count()
            if lazy and times >= least and (end := go_on(at)) is not None:
                return end
            if (limit is None or times < limit) and at != before:
                end = inside(at, lambda place: match(place, go_on, times + 1, at))
                if end is not None:
                    return end
            return go_on(at) if not lazy and times >= least else None

        return match

    def _repeat_single(self, op: Any, least: int, limit: int | None, single: Callable[[int], bool]) -> Matcher:
        def match(at: int, go_on: Next) -> int | None:
            times = 0
            if op is sre.MIN_REPEAT:
                while times < least or (end := go_on(at + times)) is None:
                    if (limit is not None and times >= limit) or not single(at + times):
                        return None
                    times += 1
                return end
            while (limit is None or times < limit) and single(at + times):
                times += 1
            if op is sre.POSSESSIVE_REPEAT:
                return go_on(at + times) if times >= least else None
            for count in range(times, least - 1, -1):
                self._count()
                if (end := go_on(at + count)) is not None:
                    return end
            return None

        return match

    def _repeat_possessive(self, least: int, limit: int | None, inside: Matcher) -> Matcher:
        def match(at: int, go_on: Next) -> int | None:
            times = 0
            while limit is None or times < limit:
                end = inside(at, lambda place: place)
                if end is None or end == at:
                    break
                at, times = end, times + 1
            return go_on(at) if times >= least else None

        return match

    def _group(self, number: int | None, inside: Matcher) -> Matcher:
        if number is None:
            return inside

        def match(at: int, go_on: Next) -> int | None:
            before = self._groups.get(number)

            def close(place: int) -> int | None:
                self._groups[number] = (at, place)
                return go_on(place)

            end = inside(at, close)
            if end is None and before is not None:
                self._groups[number] = before
            return end

        return match

    def _look(self, direction: int, body: Any, *, wanted: bool) -> Matcher:
        inside = self._sequence(body)
        back = body.getwidth()[0] if direction < 0 else 0

        def match(at: int, go_on: Next) -> int | None:
            self._count()
            found = at >= back and inside(at - back, lambda place: place) is not None
            return go_on(at) if found == wanted else None

        return match

    def _again(self, number: int, at: int, go_on: Next) -> int | None:
        self._count()
        if number not in self._groups:
            return None
        start, end = self._groups[number]
        words = self._text[start:end]
        return go_on(at + len(words)) if self._text.startswith(words, at) else None

    def _stands(self, where: Any, at: int) -> bool:
        self._count()
        text, lines = self._text, bool(self._flags & re.MULTILINE)
        if where in {sre.AT_BEGINNING, sre.AT_BEGINNING_STRING}:
            return at == 0 or (lines and where is sre.AT_BEGINNING and text[at - 1] == "\n")
        if where in {sre.AT_END, sre.AT_END_STRING}:
            is_last = at == len(text) or (where is sre.AT_END and text[at:] == "\n")
            return is_last or (lines and where is sre.AT_END and text[at] == "\n")
        before, after = at > 0 and _is_word(text[at - 1]), at < len(text) and _is_word(text[at])
        return (before != after) == (where is sre.AT_BOUNDARY)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _holds(part: Any, code: int) -> bool:
    kind, given = part
    if kind is sre.LITERAL:
        return bool(code == given)
    if kind is sre.RANGE:
        return bool(given[0] <= code <= given[1])
    character = chr(code)
    tests = {
        sre.CATEGORY_DIGIT: character.isdecimal(),
        sre.CATEGORY_NOT_DIGIT: not character.isdecimal(),
        sre.CATEGORY_SPACE: character.isspace(),
        sre.CATEGORY_NOT_SPACE: not character.isspace(),
        sre.CATEGORY_WORD: _is_word(character),
        sre.CATEGORY_NOT_WORD: not _is_word(character),
    }
    return tests[given]
