"""The perturbation bench of the figure lane: real sentences, changed in ways that keep or break their figures.

Each pair is a real official sentence and a claim made from it by one change. An equivalent must give no finding above
info; a falsification must give one, for the figure that was changed. The official side is the sentence itself and, as
further passages, its neighbours in the document. Half of the documents (by digest) are for development, the other half
are held out: floors are of the held-out half.

Run: python tests/benchmark/perturbations.py [--corpus fixtures/corpus] [--pairs 4000] [--seed 20241107]
[--half held-out] [--show 5] [--only "another figure"]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from headwater.comparison.contexts import sentences
from headwater.comparison.figures import compare_figures
from headwater.domain.facts import Annotated, Facts
from headwater.domain.findings import Effect, Finding, Severity
from headwater.domain.quantities import DateMention, Dimension, Qualifier, Quantity, Role
from headwater.domain.spans import MappedText, Span
from headwater.extraction.dates import extract_dates
from headwater.extraction.quantities import extract_quantities

NEIGHBOURS = 2  # sentences on each side
LENGTHS = range(40, 320)  # characters: sentences of prose, no table rows, no paragraphs without full stops
FLOOR_BALANCED, FLOOR_KIND, FLOOR_ANOTHER = 0.98, 0.90, 0.85
ANOTHER = "another figure"


@dataclass(frozen=True)
class Sentence:
    """A sentence of the corpus with its neighbours and its figures."""

    text: str
    neighbours: tuple[str, ...]
    published: date | None
    order: str
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateMention, ...] = ()


@dataclass(frozen=True)
class Pair:
    """A claim made from a sentence by one change; `changed` is where in the claim, or None for the whole."""

    kind: str
    faithful: bool
    claim: str
    source: Sentence
    changed: Span | None


@dataclass
class Tally:
    """What came of one kind."""

    right: int = 0
    all: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)


Maker = Callable[[Sentence, random.Random], "tuple[str, Span | None] | None"]


# Reading the corpus ---------------------------------------------------------------------------------------------------


def read_sentences(folder: Path, *, half: str) -> Iterator[list[Sentence]]:
    """Yield the usable sentences of each English document of one half."""
    for path in sorted([*folder.rglob("*.jsonl"), *folder.rglob("*.jsonl.xz")]):
        raw = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
        for line in raw.decode("utf-8").splitlines():
            record = json.loads(line)
            if not str(record.get("language", "en")).startswith("en"):
                continue
            held_out = hashlib.sha256(record["url"].encode()).digest()[0] % 2 == 1
            if half in {"all", "held-out" if held_out else "develop"}:
                yield list(_sentences_of(record))


def _sentences_of(record: dict[str, object]) -> Iterator[Sentence]:
    stamp = record.get("first_published_at")
    published = date.fromisoformat(str(stamp)[:10]) if stamp else None
    order = "us" if str(record.get("origin", "")).startswith(("USATODAY", "usnat")) else "uk"
    text = str(record["text"])
    found = [span.slice(text).strip() for span in sentences(text)]
    for place, sentence in enumerate(found):
        if len(sentence) in LENGTHS and is_prose(sentence):
            around = found[max(0, place - NEIGHBOURS) : place] + found[place + 1 : place + 1 + NEIGHBOURS]
            yield Sentence(sentence, tuple(s for s in around if len(s) < 600), published, order)


def is_prose(text: str) -> bool:
    """Say whether a stretch is a sentence of prose: it ends as one and has more words than figures."""
    words, figures = len(re.findall(r"\b[a-z]{2,}\b", text)), len(re.findall(r"\d[\d,.]*", text))
    ends = text.rstrip("\"”’')").endswith((".", "!", "?"))
    return ends and " | " not in text and figures > 0 and words >= max(6, 3 * figures)


def annotate(text: str, published: date | None, order: str, passage: int | None = None) -> Annotated:
    """Read the facts that the figure lane looks at."""
    dates = extract_dates(text, published=published, order="us" if order == "us" else "uk")
    quantities = extract_quantities(text, exclude=tuple(mention.span for mention in dates))
    return Annotated(MappedText.identity(text), Facts(quantities=quantities, dates=dates), passage_id=passage)


# Writing figures ------------------------------------------------------------------------------------------------------

ONES = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
TENS = (".", ".", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def in_words(number: int) -> str:
    """Write a whole number below a million in words."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = number % 100
        return f"{ONES[number // 100]} hundred" + (f" and {in_words(rest)}" if rest else "")
    rest = number % 1000
    joint = " and " if 0 < rest < 100 else " " if rest else ""
    return f"{in_words(number // 1000)} thousand{joint}{in_words(rest) if rest else ''}"


def stands_alone(sentence: Sentence, quantity: Quantity) -> bool:
    """Say whether a figure is a word of its own, not a part of a name or a range ("NUTS1", "30-59")."""
    before, after = sentence.text[: quantity.span.start][-1:], sentence.text[quantity.span.end :][:1]
    return not re.match(r"[\w/.-]", before) and not re.match(r"[\w/]|-\d", after)


def digits_of(quantity: Quantity) -> re.Match[str] | None:
    """Find the digits of a figure's surface, if it has one run of them."""
    found = list(re.finditer(r"\d[\d,]*(?:\.\d+)?", quantity.surface))
    return found[0] if len(found) == 1 else None


def like(model: str, value: Decimal) -> str:
    """Write a value in the manner of another: as many decimals, grouped or not."""
    places = len(model.partition(".")[2])
    return f"{value:,.{places}f}" if "," in model or (value >= 10000) else f"{value:.{places}f}"


def swap(text: str, span: Span, new: str) -> tuple[str, Span]:
    """Put other words in place of a span."""
    return text[: span.start] + new + text[span.end :], Span(span.start, span.start + len(new))


def with_digits(sentence: Sentence, quantity: Quantity, new: str) -> tuple[str, Span] | None:
    """Put other digits into a figure."""
    match = digits_of(quantity)
    if match is None:
        return None
    start = quantity.span.start + match.start()
    text, _ = swap(sentence.text, Span(start, start + len(match.group())), new)
    return text, Span(quantity.span.start, quantity.span.end + len(new) - len(match.group()))


def plain(sentence: Sentence, *dimensions: Dimension) -> list[Quantity]:
    """List the figures with one run of digits, no range, of some dimensions (of any if none is named)."""
    return [
        quantity
        for quantity in sentence.quantities
        if digits_of(quantity) is not None
        and quantity.upper is None
        and stands_alone(sentence, quantity)
        and (not dimensions or quantity.unit.dimension in dimensions)
    ]


def pick(quantities: Sequence[Quantity], rng: random.Random) -> Quantity | None:
    return rng.choice(list(quantities)) if quantities else None


def digits(quantity: Quantity) -> str:
    match = digits_of(quantity)
    return match.group() if match else ""


# Equivalents ----------------------------------------------------------------------------------------------------------


def words_for_digits(sentence: Sentence, rng: random.Random) -> tuple[str, Span | None] | None:
    usable = [
        quantity
        for quantity in plain(sentence, Dimension.COUNT, Dimension.DURATION, Dimension.PERCENT)
        if re.fullmatch(r"\d{1,3}|\d{1,3},000", digits(quantity)) and quantity.surface[:1].isdigit()
    ]
    chosen = pick(usable, rng)
    if chosen is None:
        return None
    new = in_words(int(digits(chosen).replace(",", "")))
    if chosen.unit.dimension is Dimension.PERCENT:
        return swap(sentence.text, chosen.span, f"{new} per cent")
    return with_digits(sentence, chosen, new)


def scaled(sentence: Sentence, rng: random.Random) -> tuple[str, Span | None] | None:
    pattern = re.compile(r"(\d[\d,]*(?:\.\d+)?)( ?)(million|billion|m|bn)\b")
    usable = [quantity for quantity in sentence.quantities if pattern.search(quantity.surface) and not quantity.upper]
    usable = [quantity for quantity in usable if len(pattern.findall(quantity.surface)) == 1]
    long = [quantity for quantity in plain(sentence) if re.search(r"\d,\d{3},000\b", quantity.surface)]
    chosen = pick(usable + long, rng)
    if chosen is None:
        return None
    match = pattern.search(chosen.surface)
    if match is None:
        value = Decimal(digits(chosen).replace(",", "")) / 1_000_000
        return with_digits(sentence, chosen, f"{value.normalize():f} million")
    number, scale = match.group(1), match.group(3)
    forms = {
        "million": [f"{number}m", f"{Decimal(number.replace(',', '')) * 1_000_000:,.0f}"],
        "m": [f"{number} million"],
        "billion": [f"{number}bn", f"{Decimal(number.replace(',', '')) * 1000:,.0f} million"],
        "bn": [f"{number} billion"],
    }
    new = rng.choice(forms[scale])
    surface = chosen.surface[: match.start()] + new + chosen.surface[match.end() :]
    return swap(sentence.text, chosen.span, surface)


def rounded_with_a_hedge(sentence: Sentence, rng: random.Random) -> tuple[str, Span | None] | None:
    usable = [
        quantity
        for quantity in plain(sentence, Dimension.COUNT, Dimension.CURRENCY, Dimension.PERCENT)
        if quantity.qualifier is Qualifier.EXACT
        and quantity.role is not Role.CHANGE_BY
        and len(digits(quantity).replace(",", "").replace(".", "").lstrip("0").rstrip("0")) >= 3
    ]
    chosen = pick(usable, rng)
    if chosen is None:
        return None
    value = Decimal(digits(chosen).replace(",", ""))
    place = Decimal(1).scaleb(value.adjusted() - 1)  # two digits are kept
    below, nearest = value // place * place, (value / place).quantize(Decimal(1)) * place
    options = [("about", nearest), ("around", nearest), ("more than", below), ("over", below)]
    if nearest > value:
        options += [("almost", nearest), ("nearly", nearest)] * 2
    hedge, new = rng.choice(options)
    text = f"{new:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    swapped = with_digits(sentence, chosen, text)
    if swapped is None:
        return None
    start = chosen.span.start
    return swapped[0][:start] + f"{hedge} " + swapped[0][start:], None


OTHER_UNITS: tuple[tuple[str, Callable[[Decimal], str]], ...] = (
    (r"\d ?miles?$", lambda value: f"{value * Decimal('1.609344'):,.1f} kilometres"),
    (r"\d ?(?:km|kilomet(?:re|er)s?)$", lambda value: f"{value / Decimal('1.609344'):,.1f} miles"),
    (r"\d ?weeks?$", lambda value: f"{value * 7:,.0f} days"),
    (r"\b[1-4] ?years?$", lambda value: f"{value * 12:,.0f} months"),
    (r"\d basis points?$", lambda value: f"{(value / 100).normalize():f} percentage points"),
    (r"\d percentage points?$", lambda value: f"{value * 100:,.0f} basis points"),
    (r"\d ?(?:hectares|ha)$", lambda value: f"{value * Decimal('2.4710538'):,.1f} acres"),
    (r"\d ?acres?$", lambda value: f"{value / Decimal('2.4710538'):,.1f} hectares"),
)
FRACTIONS = {"25": "a quarter", "50": "half", "20": "a fifth", "75": "three-quarters", "10": "a tenth"}


def converted(sentence: Sentence, rng: random.Random) -> tuple[str, Span | None] | None:
    forms: list[tuple[Quantity, str]] = []
    for quantity in plain(sentence):
        number = Decimal(digits(quantity).replace(",", ""))
        forms += [(quantity, write(number)) for form, write in OTHER_UNITS if re.search(form, quantity.surface)]
        share = quantity.unit.dimension is Dimension.PERCENT and quantity.role is Role.LEVEL
        of = sentence.text[quantity.span.end :].startswith(" of ") and quantity.qualifier is Qualifier.EXACT
        if share and of and digits(quantity) in FRACTIONS:
            forms.append((quantity, FRACTIONS[digits(quantity)]))
    if not forms:
        return None
    chosen, new = rng.choice(forms)
    return swap(sentence.text, chosen.span, new)


def reordered(sentence: Sentence, _rng: random.Random) -> tuple[str, Span | None] | None:
    match = re.fullmatch(
        r"((?:In|During|Since|By|For|At|Over|On|As of|Under) [^,;:()]{4,70}), ([^;:()]{30,}?)\.", sentence.text
    )
    if match is None or not plain(sentence) or len(sentence.dates) > 1:
        return None
    opening, rest = match.groups()
    if re.search(r"\d,$", opening) or re.match(r"\d", rest):
        return None
    first = rest[0].upper() + rest[1:]
    return f"{first}, {opening[0].lower()}{opening[1:]}.", None


UNRELATED = (
    "The museum café serves fresh soup on Sundays.",
    "Violins and cellos opened the orchestra's rehearsal.",
    "Penguins huddle together in blizzards.",
    "The novelist sketched her garden in watercolours.",
    "A lighthouse keeper polished 14 brass lamps.",
    "The bakery sold 230 sourdough loaves before noon.",
)


def with_an_unrelated_sentence(sentence: Sentence, rng: random.Random) -> tuple[str, Span | None] | None:
    if not plain(sentence):
        return None
    other = rng.choice(UNRELATED[:4])
    return (f"{sentence.text} {other}" if rng.random() < 0.5 else f"{other} {sentence.text}"), None


# Falsifications -------------------------------------------------------------------------------------------------------


def value(sentence: Sentence, rng: random.Random) -> tuple[str, Span | None] | None:
    chosen = pick([q for q in plain(sentence) if q.value and q.unit.dimension is not Dimension.AGE], rng)
    if chosen is None:
        return None
    old = Decimal(digits(chosen).replace(",", ""))
    for _ in range(20):
        factor = Decimal(str(round(rng.choice([rng.uniform(0.3, 0.9), rng.uniform(1.12, 2.5)]), 3)))
        new = like(digits(chosen), old * factor)
        if old and abs(Decimal(new.replace(",", "")) / old - 1) > Decimal("0.08"):
            return with_digits(sentence, chosen, new)
    return None


def transposition(sentence: Sentence, rng: random.Random) -> tuple[str, Span | None] | None:
    chosen = pick([q for q in plain(sentence) if len(set(re.sub(r"\D", "", digits(q)))) > 1], rng)
    if chosen is None:
        return None
    old = digits(chosen)
    places = [
        (a.start(), b.start())
        for a, b in zip(list(re.finditer(r"\d", old)), list(re.finditer(r"\d", old))[1:], strict=False)
        if a.group() != b.group() and not (a.start() == 0 and b.group() == "0")
    ]
    if not places:
        return None
    first, second = rng.choice(places)
    new = list(old)
    new[first], new[second] = new[second], new[first]
    return with_digits(sentence, chosen, "".join(new))


def scale(sentence: Sentence, rng: random.Random) -> tuple[str, Span | None] | None:
    other = {
        "million": "billion",
        "billion": "million",
        "trillion": "billion",
        "thousand": "million",
        "m": "bn",
        "bn": "m",
    }
    pattern = re.compile(r"(?<=[\d ])(million|billion|trillion|thousand|m|bn)\b")
    usable = [
        q
        for q in sentence.quantities
        if q.unit.dimension in {Dimension.COUNT, Dimension.CURRENCY} and pattern.search(q.surface)
    ]
    grouped = [q for q in plain(sentence) if re.fullmatch(r"\D?\d{1,3},\d{3}", q.surface)]
    chosen = pick(usable + grouped, rng)
    if chosen is None:
        return None
    if chosen in usable:
        return swap(sentence.text, chosen.span, pattern.sub(lambda m: other[m.group()], chosen.surface))
    return with_digits(sentence, chosen, digits(chosen) + ",000")


def currency(sentence: Sentence, rng: random.Random) -> tuple[str, Span | None] | None:
    usable = [q for q in plain(sentence, Dimension.CURRENCY) if re.match(r"[£$€]\d", q.surface)]
    chosen = pick(usable, rng)
    if chosen is None:
        return None
    new = rng.choice(sorted({"£", "$", "€"} - {chosen.surface[0]}))
    return swap(sentence.text, chosen.span, new + chosen.surface[1:])


FLIPPED = {
    "more than": "fewer than", "over": "under", "at least": "at most", "almost": "more than", "nearly": "more than",
    "less than": "more than", "fewer than": "more than", "under": "over", "up to": "at least",
    "just over": "just under", "just under": "just over", "no more than": "more than",
    "above": "below", "below": "above",
}  # fmt: skip


def bound(sentence: Sentence, rng: random.Random) -> tuple[str, Span | None] | None:
    flips: list[tuple[str, Span]] = []
    for quantity in plain(sentence):
        hedge = quantity.qualifier_surface.lower()
        start = sentence.text.lower().rfind(hedge, 0, quantity.span.start) if hedge in FLIPPED else -1
        if start >= 0 and quantity.span.start - start - len(hedge) < 3:
            new = FLIPPED[hedge]
            moved = quantity.span.shift(len(new) - len(hedge))
            flips.append((sentence.text[:start] + new + sentence.text[start + len(hedge) :], moved))
    if flips:
        return rng.choice(flips)
    usable = [
        q for q in plain(sentence, Dimension.COUNT, Dimension.CURRENCY, Dimension.PERCENT)
        if q.qualifier is Qualifier.EXACT and q.value > 20
    ]  # fmt: skip
    chosen = pick(usable, rng)
    if chosen is None:
        return None
    old = Decimal(digits(chosen).replace(",", ""))
    hedge, factor = rng.choice([("more than", Decimal("1.2")), ("less than", Decimal("0.8"))])
    swapped = with_digits(sentence, chosen, like(digits(chosen), old * factor))
    if swapped is None:
        return None
    text, span = swapped
    return text[: span.start] + f"{hedge} " + text[span.start :], span.shift(len(hedge) + 1)


OPPOSITES = {
    "increased": "decreased", "decreased": "increased", "rose": "fell", "fell": "rose", "increase": "decrease",
    "decrease": "increase", "grew": "shrank", "declined": "climbed", "up": "down", "down": "up", "fallen": "risen",
    "risen": "fallen", "higher": "lower", "lower": "higher", "growth": "decline", "rise": "fall", "fall": "rise",
    "increasing": "decreasing", "decreasing": "increasing", "dropped": "jumped", "jumped": "dropped", "decline": "rise",
    "reduction": "increase", "raised": "cut", "reduced": "increased", "rising": "falling", "falling": "rising",
}  # fmt: skip


def direction(sentence: Sentence, _rng: random.Random) -> tuple[str, Span | None] | None:
    moving = [q for q in sentence.quantities if q.direction is not None]
    cues = [m for m in re.finditer(r"[a-z]+", sentence.text) if m.group() in OPPOSITES]
    cues = [m for m in cues if sentence.text[m.end() : m.end() + 4] != " to " or m.group() != "up"]
    if len(moving) != 1 or len(cues) != 1 or abs(cues[0].start() - moving[0].span.start) > 60:
        return None
    cue = cues[0]
    return swap(sentence.text, Span(*cue.span()), OPPOSITES[cue.group()])[0], None


def points(sentence: Sentence, rng: random.Random) -> tuple[str, Span | None] | None:
    usable = [
        q
        for q in plain(sentence, Dimension.PERCENT, Dimension.PERCENTAGE_POINTS)
        if re.search(r"\d(?:%| ?per ?cent| percentage points?)$", q.surface)
        and (q.unit.dimension is Dimension.PERCENTAGE_POINTS or q.role is Role.CHANGE_BY)
    ]
    chosen = pick(usable, rng)
    if chosen is None:
        return None
    new = "%" if chosen.unit.dimension is Dimension.PERCENTAGE_POINTS else " percentage points"
    return swap(sentence.text, chosen.span, digits(chosen) + new)


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def period(sentence: Sentence, rng: random.Random) -> tuple[str, Span | None] | None:
    if len(sentence.dates) != 1 or not plain(sentence):
        return None
    mention = sentence.dates[0]
    year = re.search(r"\b(?:19|20)\d\d\b(?![/-])", mention.surface)
    month = next((name for name in MONTHS if name in mention.surface), None)
    if re.search(r"[/–-]\d|\d{4}.*\d{4}", mention.surface) or mention.first is None:
        return None
    if year and (not month or rng.random() < 0.5):
        other = str(int(year.group()) + rng.choice([-3, -2, -1, 1, 2, 3]))
        new = mention.surface.replace(year.group(), other)
    elif month:
        day = re.search(r"\b(?:29|30|31)", mention.surface)  # "31 February" is no date
        long = ["January", "March", "May", "July", "August", "October", "December"]
        new = mention.surface.replace(month, rng.choice([name for name in (long if day else MONTHS) if name != month]))
    else:
        return None
    return swap(sentence.text, mention.span, new)[0], None


def another_figure(sentence: Sentence, rng: random.Random) -> tuple[str, Span | None] | None:
    chosen = pick(plain(sentence), rng)
    if chosen is None:
        return None
    others = list(sentence.quantities)
    for neighbour in sentence.neighbours:
        others += annotate(neighbour, sentence.published, sentence.order).facts.quantities
    same = [
        other
        for other in others
        if other.unit == chosen.unit
        and other.upper is None
        and abs(other.value - chosen.value) > abs(chosen.value) * Decimal("0.08")
        and not sentence.text[chosen.span.end :].startswith(other.surface)
    ]
    if not same:
        return None
    return swap(sentence.text, chosen.span, rng.choice(same).surface)


EQUIVALENTS: dict[str, Maker] = {
    "words for digits": words_for_digits,
    "scaled": scaled,
    "rounded with a hedge": rounded_with_a_hedge,
    "converted": converted,
    "reordered": reordered,
    "unrelated sentence": with_an_unrelated_sentence,
}
FALSIFICATIONS: dict[str, Maker] = {
    "value": value,
    "transposition": transposition,
    "scale": scale,
    "currency": currency,
    "bound": bound,
    "direction": direction,
    "points": points,
    "period": period,
    ANOTHER: another_figure,
}


# The bench ------------------------------------------------------------------------------------------------------------


def make_pairs(folder: Path, *, wanted: int, seed: int, half: str) -> list[Pair]:
    """Make pairs, as many of each kind as there are to be had, up to an equal share."""
    rng = random.Random(seed)
    pool = [sentence for document in read_sentences(folder, half=half) for sentence in document]
    rng.shuffle(pool)
    makers = {**EQUIVALENTS, **FALSIFICATIONS}
    each = {name: wanted // 2 // len(EQUIVALENTS if name in EQUIVALENTS else FALSIFICATIONS) for name in makers}
    pairs: list[Pair] = []
    made: Counter[str] = Counter()
    for sentence in pool:
        open_kinds = [name for name in makers if made[name] < each[name]]
        if not open_kinds:
            break
        facts = annotate(sentence.text, sentence.published, sentence.order).facts
        if not facts.quantities:
            continue
        read = Sentence(
            sentence.text, sentence.neighbours, sentence.published, sentence.order, facts.quantities, facts.dates
        )
        rng.shuffle(open_kinds)
        for name in open_kinds[:4]:  # a sentence serves for several kinds, never for all
            result = makers[name](read, rng)
            if result is not None and result[0] != read.text:
                pairs.append(Pair(name, name in EQUIVALENTS, result[0], read, result[1]))
                made[name] += 1
    return pairs


def judge(pair: Pair) -> tuple[bool, tuple[Finding, ...]]:
    """Compare a pair and say whether the lane did what it should."""
    source = pair.source
    claim = annotate(pair.claim, source.published, source.order)
    passages = [annotate(t, source.published, source.order, i) for i, t in enumerate((source.text, *source.neighbours))]
    findings = compare_figures(claim, passages)
    above = [f for f in findings if f.severity is not Severity.INFO and f.effect is not Effect.AGREES]
    if pair.faithful:
        return not above, findings
    if pair.changed is not None:
        above = [finding for finding in above if finding.claimed.span.overlaps(pair.changed)]
    return bool(above), findings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench and print its figures; 1 where a floor is missed."""
    parser = argparse.ArgumentParser(description="Perturbation bench of the figure lane.")
    parser.add_argument("--corpus", type=Path, default=Path("fixtures/corpus"))
    parser.add_argument("--pairs", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=20241107)
    parser.add_argument("--half", choices=["develop", "held-out", "all"], default="held-out")
    parser.add_argument("--show", type=int, default=0, help="failures to print for each kind")
    parser.add_argument("--only", default="", help="one kind alone")
    options = parser.parse_args(arguments)
    pairs = make_pairs(options.corpus, wanted=options.pairs, seed=options.seed, half=options.half)
    tallies: dict[str, Tally] = defaultdict(Tally)
    shown: Counter[str] = Counter()
    started = time.perf_counter()
    for pair in pairs:
        if options.only and pair.kind != options.only:
            continue
        right, findings = judge(pair)
        tally = tallies[pair.kind]
        tally.all += 1
        tally.right += right
        tally.outcomes.update(f"{f.kind}" for f in findings if f.severity is not Severity.INFO)
        if not right and shown[pair.kind] < options.show:
            shown[pair.kind] += 1
            _print_failure(pair, findings)
    return _print_report(tallies, time.perf_counter() - started)


def _print_failure(pair: Pair, findings: Sequence[Finding]) -> None:
    out = sys.stdout
    out.write(f"\n[{pair.kind}]\n  source: {pair.source.text}\n  claim:  {pair.claim}\n")
    for f in findings:
        official = f.official.surface if f.official else "-"
        out.write(f"    {f.rule} {f.effect.value}/{f.severity.value}: {f.claimed.surface} <> {official}\n")


def _print_report(tallies: dict[str, Tally], seconds: float) -> int:
    out = sys.stdout
    rates: dict[bool, list[int]] = {True: [0, 0], False: [0, 0]}
    worst = 1.0
    for kind in [*EQUIVALENTS, *FALSIFICATIONS]:
        tally = tallies[kind]
        if not tally.all:
            continue
        rate = tally.right / tally.all
        worst = min(worst, rate if kind != ANOTHER else 1.0)
        rates[kind in EQUIVALENTS][0] += tally.right
        rates[kind in EQUIVALENTS][1] += tally.all
        common = ", ".join(f"{name} {count}" for name, count in tally.outcomes.most_common(4))
        out.write(f"{kind:22} {tally.right:5}/{tally.all:<5} {rate:7.2%}  {common}\n")
    (kept, equivalents), (caught, falsified) = rates[True], rates[False]
    balanced = (kept / max(equivalents, 1) + caught / max(falsified, 1)) / 2
    another = tallies[ANOTHER].right / max(tallies[ANOTHER].all, 1)
    out.write(f"pairs {equivalents + falsified}; equivalents kept {kept / max(equivalents, 1):.2%}; ")
    out.write(
        f"falsifications caught {caught / max(falsified, 1):.2%}; balanced {balanced:.2%}; worst kind {worst:.2%}; "
    )
    out.write(f"another figure {another:.2%}; {1000 * seconds / max(equivalents + falsified, 1):.2f} ms a pair\n")
    return int(balanced < FLOOR_BALANCED or worst < FLOOR_KIND or another < FLOOR_ANOTHER)


if __name__ == "__main__":
    sys.exit(main())
