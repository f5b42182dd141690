"""Units of measure by name and symbol, and the way from each to the base unit of its dimension."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from headwater.domain.quantities import Dimension, Unit
from headwater.extraction.tables import load_table, load_words
from headwater.extraction.tokens import WORD, Tokens

COUNT = Unit(Dimension.COUNT)
PROPORTION = Unit(Dimension.PROPORTION, "proportion")
MULTIPLE = Unit(Dimension.MULTIPLE, "multiple")
SCORE = Unit(Dimension.SCORE, "score")
_ZERO_POINTS = {"fahrenheit": Decimal(-32), "kelvin": Decimal("-273.15")}  # added before the factor, to Celsius
_PLURAL_ONLY = frozenset({"second", "quarter", "night"})  # "the 2 second placed": the singular is another word
_CUES_OF_INCH = load_words("unit_cues", "inch")
_BEFORE_TIME = load_words("unit_cues", "before_time")
_ADJECTIVES = 2  # between a number and its unit of time: "three more full years"


class _Form(NamedTuple):
    """One way to write a unit: its tokens, whether case counts, and whether it must be set against the number.

    `joints` says of each token whether it is set against the one before it ("m2", unlike "sq m").
    """

    words: tuple[str, ...]
    joints: tuple[bool, ...]
    unit: Unit
    exact: bool
    tight: bool


def _split(form: str) -> tuple[tuple[str, ...], tuple[bool, ...]]:
    tokens = Tokens(form, 0, len(form))
    return tuple(tokens.words[: tokens.count]), tuple(tokens.glued(at) for at in range(tokens.count))


def _read_forms() -> dict[str, list[_Form]]:
    """Index every written form by its first token in lower case, longest first."""
    forms: dict[str, list[_Form]] = {}
    for entry in load_table("units")["unit"]:
        unit = Unit(Dimension(entry["dimension"]), entry["code"], Decimal(entry["factor"]))
        for (words, joints), exact, tight in _spellings(entry):
            forms.setdefault(words[0].lower(), []).append(_Form(words, joints, unit, exact, tight))
    for listed in forms.values():
        listed.sort(key=lambda form: -len(form.words))
    return forms


def _spellings(entry: dict[str, Any]) -> list[tuple[tuple[tuple[str, ...], tuple[bool, ...]], bool, bool]]:
    """Return every spelling of one entry of the table, as (tokens, exact case, tight)."""
    names = [*entry.get("names", []), *entry.get("plurals", []), *entry.get("forms", [])]
    names += [name + "s" for name in entry.get("names", []) if name not in {"foot", "inch", "century"}]
    return (
        [(_split(name), False, False) for name in names]
        + [(_split(symbol), True, False) for symbol in entry.get("symbols", [])]
        + [(_split(symbol), True, True) for symbol in entry.get("tight", [])]
    )


_FORMS = _read_forms()
UNITS: dict[str, Unit] = {form.unit.code: form.unit for listed in _FORMS.values() for form in listed}


def _plural_name(entry: dict[str, Any]) -> str:
    """Return the name of a unit behind a number other than one."""
    if entry.get("plurals"):
        return str(entry["plurals"][0])
    if entry.get("names"):
        return f"{entry['names'][0]}s"
    return str([*entry.get("forms", []), *entry.get("symbols", [])][0])


PLURAL_NAMES: dict[str, str] = {entry["code"]: _plural_name(entry) for entry in load_table("units")["unit"]}
AMERICAN = {"gallon": "us_gallon", "pint": "us_pint", "ton": "short_ton"}


def find_unit(tokens: Tokens, at: int, value: Decimal, *, hyphened: bool = False) -> tuple[Unit, int] | None:
    """Return the unit written at a token and the token behind it, or None.

    Args:
        tokens: The tokens.
        at: The token behind the number (and behind the hyphen of "six-week").
        value: The number, because "1st" and "21st" are not stones.
        hyphened: Whether a hyphen joins number and unit: only then is "10-second" a duration in the singular.
    """
    listed = _FORMS.get(tokens.lower[at])
    if listed is None:
        return _find_time_behind_adjective(tokens, at)
    for form in listed:
        end = _match(tokens, at, form)
        if end is not None and _fits(tokens, (at, end), form, value, hyphened=hyphened):
            return form.unit, end
    return None


def _find_time_behind_adjective(tokens: Tokens, at: int) -> tuple[Unit, int] | None:
    """Read "consecutive months" and "more full years"; a singular ("more week") is left alone."""
    here = at
    while here < at + _ADJECTIVES and tokens.lower[here] in _BEFORE_TIME and not tokens.hyphen(here + 1):
        here += 1
    if here == at or not tokens.lower[here].endswith("s"):
        return None
    for form in _FORMS.get(tokens.lower[here], ()):
        if form.unit.dimension is Dimension.DURATION and len(form.words) == 1 and not form.exact:
            return form.unit, here + 1
    return None


def _match(tokens: Tokens, at: int, form: _Form) -> int | None:
    """Return the token behind a form that begins at a token, hyphens between its words allowed, or None."""
    written = tokens.words if form.exact else tokens.lower
    for offset, word in enumerate(form.words):
        if offset and tokens.hyphen(at) and word != "-":
            at += 1
        if written[at] != word:
            return None
        at += 1
    return at


def _fits(tokens: Tokens, place: tuple[int, int], form: _Form, value: Decimal, *, hyphened: bool) -> bool:
    """Say whether a form that matches by its letters is meant as a unit here."""
    (at, end), first, size = place, form.words[0], len(form.words)
    if first in _PLURAL_ONLY and size == 1:
        return hyphened or value <= 1
    if any(form.joints[offset] and not tokens.glued(at + offset) for offset in range(1, size)):
        return False  # "5 ft 2" is no square foot
    if tokens.glued(end) and tokens.lower[end].isalnum():
        return False  # "5m2x": letters go on
    return not form.tight or _fits_tight(tokens, at, first, value)


def _fits_tight(tokens: Tokens, at: int, symbol: str, value: Decimal) -> bool:
    """Say whether a letter or two that are words of their own as well are a unit here."""
    glued, after = tokens.glued(at), tokens.lower[at + 1]
    if symbol == "in":
        compound = tokens.lower[at - 2] in {"ft", "foot", "feet"}
        return glued or compound or (value % 1 != 0 and after in _CUES_OF_INCH)
    if symbol == "m" or not glued:
        return _metres(tokens, at, value) if symbol == "m" else symbol == "L" and value < _MOST_LITRES
    if symbol in {"C", "F"}:
        sure = symbol == "C" and abs(value) <= _WARMEST
        return sure or (abs(value) <= _HOTTEST and (tokens.kinds[at + 1] != WORD or after in _BEHIND_TEMPERATURE))
    if symbol == "st":
        return value % 10 != 1 or value == 11
    return symbol != "s" or value % 1 != 0


_MOST_LITRES = 1000  # "5 L" with a blank; larger numbers are other things
_WARMEST = 60  # degrees Celsius: above the warmest air ever measured
_HOTTEST = 150  # degrees of weather, bodies and kitchens: above it "777F" is an aircraft
_BEHIND_TEMPERATURE = load_words("unit_cues", "behind_temperature")
_CUES_OF_METRE = load_words("unit_cues", "metre")
_CUES_BEFORE_METRE = load_words("unit_cues", "before_metre")


def _metres(tokens: Tokens, at: int, value: Decimal) -> bool:
    """Say whether the "m" of "5m" or "5 m" is metre and not million: million is set tight and stands before a noun."""
    if not tokens.glued(at):
        return True
    after = tokens.lower[at + 1]
    if after in _CUES_OF_METRE or tokens.hyphen(at + 1):
        return True
    if any(word in _CUES_BEFORE_METRE for word in tokens.lower[max(0, at - 5) : at]):
        return True
    return value % 1 == 0 and value in {100, 200, 400, 800, 1500, 5000, 10000} and after != "people"


def american(unit: Unit) -> Unit:
    """Return what a unit name means in American text: the US gallon, pint and short ton.

    Args:
        unit: As read by its name.
    """
    code = AMERICAN.get(unit.code)
    if code is None:
        return unit
    other = UNITS[code]
    return Unit(other.dimension, other.code, other.factor, unit.per, unit.per_amount)


def to_base(value: Decimal, unit: Unit) -> Decimal:
    """Convert a value to the base unit of its dimension (metre, kilogram, second, degree Celsius, ...).

    Args:
        value: In `unit`.
        unit: Any unit; a rate is brought to one of its denominator.

    >>> to_base(Decimal(68), UNITS["fahrenheit"]).quantize(Decimal(1))
    Decimal('20')
    >>> to_base(Decimal(2), UNITS["mile"])
    Decimal('3218.688')
    """
    return (value + _ZERO_POINTS.get(unit.code, Decimal(0))) * unit.factor / unit.per_amount
