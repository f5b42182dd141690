"""Changes that make a figure or a date of a faithful claim wrong, as slips and misreadings of reporters do.

Each maker takes a claim with what was read in it and returns the words it changed and what stands there now, or None
where the claim has nothing of its kind. What is made is wrong by construction: an original that is rounded or hedged is
moved by more than its rounding.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from benchmark.perturbations import FLIPPED, MONTHS, ONES, OPPOSITES, digits_of, in_words, like
from headwater.domain.quantities import DateMention, Dimension, Quantity
from headwater.domain.spans import Span


@dataclass(frozen=True)
class Told:
    """A faithful claim: its words, the figures and dates read in them, and the figures of its official document."""

    text: str
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    official: tuple[Quantity, ...]


@dataclass(frozen=True)
class Change:
    """Words put in the place of others; `spans` are in the changed claim."""

    text: str
    spans: tuple[Span, ...]
    was: Span


TABLES: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
Maker = Callable[[Told, random.Random], "Change | None"]

WHOLE = re.compile(r"(?:" + "|".join(sorted((*ONES[2:], "twenty", "thirty", "forty", "fifty"), key=len)[::-1]) + r")\b")


def put(told: Told, span: Span, new: str) -> Change | None:
    """Return the claim with other words in place of a span, or None where they are the same."""
    if span.slice(told.text) == new:
        return None
    text = told.text[: span.start] + new + told.text[span.end :]
    return Change(text, (Span(span.start, span.start + len(new)),), span)


def stands_alone(told: Told, span: Span) -> bool:
    """Say whether a figure is a word of its own, no part of a name or a range."""
    before, after = told.text[: span.start][-1:], told.text[span.end :][:2]
    return not re.match(r"[\w/.-]", before) and not re.match(r"[\w/]|-\d|[–—]\d", after)


def plain(told: Told) -> list[Quantity]:
    """List the figures of a claim that have one number, and are not said with a share in words or an ordinal."""
    return [
        quantity
        for quantity in told.quantities
        if quantity.upper is None and not quantity.vague and stands_alone(told, quantity.span) and number_of(quantity)
    ]


def number_of(quantity: Quantity) -> Span | None:
    """Return where the number of a figure stands in its surface: its digits, or one number word."""
    match = digits_of(quantity)
    if match is None and not any(character.isdigit() for character in quantity.surface):
        match = WHOLE.search(quantity.surface.lower())
    return Span(*match.span()) if match else None


def renumber(told: Told, quantity: Quantity, new: str) -> Change | None:
    """Put another number into a figure, what stands around it kept."""
    at = number_of(quantity)
    if at is None:
        return None
    start = quantity.span.start + at.start
    changed = put(told, Span(start, start + len(at)), new)
    if changed is None:
        return None
    grown = quantity.span.end + len(changed.text) - len(told.text)
    return Change(changed.text, (Span(quantity.span.start, grown),), quantity.span)


def written(quantity: Quantity) -> str:
    at = number_of(quantity)
    return at.slice(quantity.surface) if at else ""


def _value(number: str) -> Decimal:
    plain_number = number.replace(",", "")
    if plain_number[:1].isdigit():
        return Decimal(plain_number)
    whole = [*ONES, *(in_words(at) for at in range(20, 100))]
    return Decimal(whole.index(number.lower()))


def _write(model: str, value: Decimal) -> str:
    """Write a number as another is written: in words, grouped, with as many decimals."""
    if not model[:1].isdigit():
        new = in_words(int(value))
        return new.capitalize() if model[:1].isupper() else new
    return like(model, value)


def digit(told: Told, rng: random.Random) -> Change | None:
    """Another first or second digit: 214 for 274, "eight" for "six"."""
    usable = [q for q in plain(told) if _value(written(q)) > 1]
    if not usable:
        return None
    chosen = rng.choice(usable)
    old = written(chosen)
    value = _value(old)
    if value < 20 and value == int(value):
        new = value + rng.choice([step for step in (-3, -2, 2, 3) if value + step > 1])
        return renumber(told, chosen, _write(old, new))
    if not old[:1].isdigit():
        return renumber(told, chosen, _write(old, value + rng.choice((-7, 7, 4))))
    places = [at for at, character in enumerate(old) if character.isdigit()]
    significant = [at for at in places if old[: at + 1].strip("0.,")][:2]
    at = rng.choice(significant)
    step = rng.choice((2, 3, 4, 5, 6, 7))
    other = str((int(old[at]) + step) % 10)
    if at == places[0] and other == "0":
        other = "1" if old[at] != "1" else "4"
    return renumber(told, chosen, old[:at] + other + old[at + 1 :])


def transposed(told: Told, rng: random.Random) -> Change | None:
    """Two neighbouring digits exchanged: 72 for 27."""
    usable = []
    for quantity in plain(told):
        old = written(quantity)
        places = [at for at, character in enumerate(old) if character.isdigit()]
        for a, b in pairwise(places):
            if old[a] != old[b] and not (a == places[0] and old[b] == "0") and len(old) - b < 8:
                usable.append((quantity, old[:a] + old[b] + old[a + 1 : b] + old[a] + old[b + 1 :]))
    return renumber(told, *rng.choice(usable)) if usable else None


SCALE = re.compile(r"(?<=[\d ])(million|billion|trillion|thousand|m|bn)\b")


def magnitude(told: Told, rng: random.Random) -> Change | None:
    """Another scale: a million for a billion, ten times as many."""
    usable = [(q, m) for q in told.quantities if (m := SCALE.search(q.surface)) and q.upper is None]
    if usable:
        chosen, match = rng.choice(usable)
        start = chosen.span.start
        return put(told, Span(start + match.start(), start + match.end()), TABLES["scales"][match.group()])
    large = [q for q in plain(told) if written(q)[:1].isdigit() and _value(written(q)) >= 20]
    if not large:
        return None
    chosen = rng.choice(large)
    up = chosen.unit.dimension not in {Dimension.PERCENT, Dimension.AGE}
    value = _value(written(chosen)) * 10 if up else _value(written(chosen)) / 10
    return renumber(told, chosen, like(written(chosen), value) if up else f"{value.normalize():f}")


def another(told: Told, rng: random.Random) -> Change | None:
    """Another figure of the same document, of the same unit."""
    usable = []
    own = {quantity.value * quantity.unit.factor for quantity in told.quantities}
    for quantity in plain(told):
        for other in told.official:
            same = other.unit == quantity.unit and other.upper is None and not other.vague and other.value > 1
            gap = abs(other.value - quantity.value) > abs(quantity.value) * Decimal("0.06")
            near = quantity.value / 20 < other.value < quantity.value * 20
            if same and gap and near and other.value * other.unit.factor not in own and digits_of(other):
                usable.append((quantity, other))
    if not usable:
        return None
    chosen, other = rng.choice(usable)
    return put(told, chosen.span, other.surface) if digits_of(chosen) else renumber(told, chosen, written(other))


def exchanged(told: Told, rng: random.Random) -> Change | None:
    """Two figures of one kind in each other's place."""
    figures = plain(told)
    pairs = [
        (one, other)
        for at, one in enumerate(figures)
        for other in figures[at + 1 :]
        if one.unit.dimension is other.unit.dimension
        and one.span.end < other.span.start
        and abs(one.value - other.value) > abs(one.value) * Decimal("0.06")
        and not re.fullmatch(r"\W*(?:to|from|and|-|–)\W*", told.text[one.span.end : other.span.start])
    ]
    if not pairs:
        return None
    one, other = rng.choice(pairs)
    first, second = one.span.slice(told.text), other.span.slice(told.text)
    between = told.text[one.span.end : other.span.start]
    text = told.text[: one.span.start] + second + between + first + told.text[other.span.end :]
    middle = one.span.start + len(second) + len(between)
    spans = Span(one.span.start, one.span.start + len(second)), Span(middle, middle + len(first))
    return Change(text, spans, one.span)


def last_digit(told: Told, rng: random.Random) -> Change | None:
    """The last digit that is written is one too many or too few: 9.5 million for 9.4, 6.8 for 6.7."""
    usable = [
        q
        for q in plain(told)
        if written(q)[:1].isdigit()
        and len(written(q).replace(",", "").replace(".", "").lstrip("0").rstrip("0")) in (2, 3)
        and re.search(r"[1-8](?:[0,]*)$", written(q))
    ]
    if not usable:
        return None
    chosen = rng.choice(usable)
    old = written(chosen)
    at = max(at for at, character in enumerate(old) if character in "123456789")
    step = 2 if chosen.qualifier_surface else 1  # "nearly" and "about" bear one more
    other = int(old[at]) + rng.choice((-step, step))
    if not 1 <= other <= 9:
        return None
    return renumber(told, chosen, old[:at] + str(other) + old[at + 1 :])


def year(told: Told, rng: random.Random) -> Change | None:
    """The year before or after."""
    found = [m for d in told.dates for m in re.finditer(r"\b(?:1[5-9]|20)\d\d\b(?![/–-]\d)", d.surface)]
    spans = [
        Span(d.span.start + m.start(), d.span.start + m.end())
        for d in told.dates
        for m in re.finditer(r"\b(?:1[5-9]|20)\d\d\b(?![/–-]\d)", d.surface)
    ]
    if not found:
        return None
    span = rng.choice(spans)
    return put(told, span, str(int(span.slice(told.text)) + rng.choice((-2, -1, 1, 2))))


def month(told: Told, rng: random.Random) -> Change | None:
    """Another month: a neighbour as often as any."""
    spans = [
        Span(d.span.start + m.start(), d.span.start + m.end())
        for d in told.dates
        for m in re.finditer(r"\b(?:" + "|".join(MONTHS) + r")\b", d.surface)
    ]
    if not spans:
        return None
    span = rng.choice(spans)
    at = MONTHS.index(span.slice(told.text))
    return put(told, span, MONTHS[(at + rng.choice((-2, -1, 1, 2, 5))) % 12])


def day(told: Told, rng: random.Random) -> Change | None:
    """Another day of the month, or of the week."""
    week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    usable = []
    for mention in told.dates:
        match = re.search(r"(?<![\d:])([1-9]|[12]\d|3[01])(?=(?:st|nd|rd|th)?\b(?![.:]\d))", mention.surface)
        if match and any(name in mention.surface for name in MONTHS):
            start = mention.span.start + match.start()
            number = int(match.group())
            step = rng.choice((2, 3, 5))
            usable.append(
                (Span(start, start + len(match.group())), str(number + step if number + step < 28 else number - step))
            )
        for name in week:
            if name in mention.surface:
                start = mention.span.start + mention.surface.index(name)
                usable.append((Span(start, start + len(name)), rng.choice([other for other in week if other != name])))
    return put(told, *rng.choice(usable)) if usable else None


def period(told: Told, rng: random.Random) -> Change | None:
    """A stretch of time of another length: months for years, a half for a quarter."""
    spans = [Span(*m.span()) for m in re.finditer(r"\b(?:" + "|".join(TABLES["periods"]) + r")\b", told.text)]
    spans = [
        span
        for span in spans
        if not re.search(r"(?:this|that) $|financial $|tax $|-$|same $|old", told.text[: span.start][-10:])
        and not re.match(r"[ -]old|['’]| of age| (?:early|earlier|late|later|on|after)\b|-", told.text[span.end :])
    ]
    if not spans:
        return None
    span = rng.choice(spans)
    return put(told, span, TABLES["periods"][span.slice(told.text)])


def unit(told: Told, rng: random.Random) -> Change | None:
    """Another unit or currency: metres for miles, dollars for pounds, per cent for percentage points."""
    usable: list[tuple[Span, str]] = []
    for quantity in told.quantities:
        start, surface = quantity.span.start, quantity.surface
        match = re.search(r"\b(?:" + "|".join(sorted(TABLES["units"], key=len)[::-1]) + r")$", surface)
        if match:
            usable.append((Span(start + match.start(), start + match.end()), TABLES["units"][match.group()]))
        if re.match(r"[£$€]\d", surface):
            usable.append((Span(start, start + 1), rng.choice(sorted({"£", "$", "€"} - {surface[0]}))))
        if quantity.direction is not None and quantity.unit.dimension is Dimension.PERCENT:
            share = re.search(r"%|per ?cent$", surface)
            if share:
                usable.append(
                    (
                        Span(start + share.start(), start + share.end()),
                        "percentage points" if share.group() != "%" else " percentage points",
                    )
                )
    return put(told, *rng.choice(usable)) if usable else None


def direction(told: Told, rng: random.Random) -> Change | None:
    """A rise for a fall, with the same figure."""
    if not told.quantities:
        return None
    cues = [m for m in re.finditer(r"\b[a-z]+\b", told.text) if m.group() in OPPOSITES]
    near = [
        m
        for m in cues
        if any(min(abs(m.start() - q.span.end), abs(q.span.start - m.end())) < 25 for q in told.quantities)
        and (m.group() not in {"up", "down"} or re.match(r" (?:by |from |\d|£|\$|[a-z]+ per)", told.text[m.end() :]))
    ]
    if not near:
        return None
    cue = rng.choice(near)
    return put(told, Span(*cue.span()), OPPOSITES[cue.group()])


def bound(told: Told, rng: random.Random) -> Change | None:
    """More than for less than."""
    hedge = re.compile(
        r"\b(?:" + "|".join(sorted(FLIPPED, key=len)[::-1]) + r")(?= [£$€]?\d| (?:a|half|one|two|three)\b)",
        re.IGNORECASE,
    )
    found = [m for m in hedge.finditer(told.text) if any(0 <= q.span.end - m.end() < 25 for q in told.quantities)]
    if not found:
        return None
    match = rng.choice(found)
    new = FLIPPED[match.group().lower()]
    return put(told, Span(*match.span()), new.capitalize() if match.group()[0].isupper() else new)


def share(told: Told, rng: random.Random) -> Change | None:
    """A share or ratio in words that is another one."""
    pattern = re.compile(r"\b(?:" + "|".join(sorted(TABLES["shares"], key=len)[::-1]) + r")\b", re.IGNORECASE)
    found = [
        m
        for m in pattern.finditer(told.text)
        if not re.search(
            r"(?:first|second|last|former|latter|other|the|and a|one-and-a-)[ -]?$", told.text[: m.start()]
        )
        and not re.match(r"-|[ -](?:time|hour|year|a? ?century|a dozen|a million)", told.text[m.end() :])
    ]
    if not found:
        return None
    match = rng.choice(found)
    new = TABLES["shares"][match.group().lower()]
    return put(told, Span(*match.span()), new.capitalize() if match.group()[0].isupper() else new)


def ordinal(told: Told, rng: random.Random) -> Change | None:
    """Another place in an order: the highest for the second-highest."""
    pattern = re.compile(r"(?<![-\w])(?:" + "|".join(sorted(TABLES["ordinals"], key=len)[::-1]) + r")(?![-\w])")
    found = [
        m
        for m in pattern.finditer(told.text)
        if not (
            m.group() in {"third", "fifth", "tenth", "quarter"}
            and re.search(r"\b(?:a|one|two)[ -]$", told.text[: m.start()])
        )
        and not re.match(r" of (?:the|all|its|that)\b|s\b", told.text[m.end() :])
    ]
    if not found:
        return None
    match = rng.choice(found)
    return put(told, Span(*match.span()), TABLES["ordinals"][match.group()])


def relative(told: Told, rng: random.Random) -> Change | None:
    """Another time told from the day of writing, or another part of a year."""
    pattern = re.compile(r"\b(?:" + "|".join(sorted(TABLES["relative"], key=len)[::-1]) + r")\b", re.IGNORECASE)
    found = [
        m
        for m in pattern.finditer(told.text)
        if any(d.span.start - 12 <= m.start() and m.end() <= d.span.end for d in told.dates)
    ]
    if not found:
        return None
    match = rng.choice(found)
    new = TABLES["relative"][match.group().lower()]
    return put(told, Span(*match.span()), new.capitalize() if match.group()[0].isupper() else new)


KINDS: dict[str, Maker] = {
    "digit": digit, "transposed": transposed, "last digit": last_digit, "magnitude": magnitude, "another": another,
    "exchanged": exchanged, "year": year, "month": month, "day": day, "relative": relative, "period": period,
    "unit": unit, "direction": direction, "bound": bound, "share": share, "ordinal": ordinal,
}  # fmt: skip


def changes_of(told: Told, seeds: Callable[[str], random.Random], kinds: Sequence[str]) -> list[tuple[str, Change]]:
    """Return one change of each kind that a claim allows."""
    made = ((kind, KINDS[kind](told, seeds(kind))) for kind in kinds)
    return [(kind, change) for kind, change in made if change is not None]
