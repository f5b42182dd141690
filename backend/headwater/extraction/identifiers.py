"""Tell numbers that count or measure from numbers that name: "Covid-19", "Section 21", "no one", "10 Downing Street"."""

from __future__ import annotations

from decimal import Decimal

from headwater.domain.quantities import Dimension
from headwater.extraction.counted import STOPS
from headwater.extraction.drafts import Draft
from headwater.extraction.numerals import NUMBER_WORDS, Form
from headwater.extraction.tables import load_table, load_words
from headwater.extraction.tokens import HYPHENS, MASKED, NUMBER, WORD, Tokens

_LABELS = load_words("identifiers", "labels")
_SOFT = load_words("identifiers", "soft_labels")
_HARD = load_words("identifiers", "hard_labels")
_NAMES = load_words("identifiers", "names")
_STREETS = load_words("identifiers", "streets")
_MONTHS = frozenset(month.lower() for month in load_table("identifiers")["months"])
_BEFORE_YEAR = load_words("identifiers", "before_year")
_PREFIXES = load_words("identifiers", "figure_prefixes")
_ONE_IDIOMS = load_words("identifiers", "one_idioms")
_ONE_BEFORE = load_words("identifiers", "one_before")
_ROOFS = load_words("identifiers", "roofs")
_HYPHEN_IDIOMS = load_words("identifiers", "hyphen_idioms")
_YEARS = range(1500, 2101)  # bare four-digit numbers in this range are years in news far more often than counts


def _index_phrases() -> dict[str, list[tuple[str, ...]]]:
    index: dict[str, list[tuple[str, ...]]] = {}
    for phrase in load_table("identifiers")["phrases"]:
        words = tuple(phrase.split())
        index.setdefault(words[0], []).append(words)
    for listed in index.values():
        listed.sort(key=len, reverse=True)
    return index


_PHRASES = _index_phrases()
PHRASE_STARTS = frozenset(_PHRASES)


def find_phrase_end(tokens: Tokens, at: int) -> int | None:
    """Return the token behind a fixed phrase that begins at a token ("one by one", "net zero"), or None.

    Args:
        tokens: The tokens.
        at: Where to begin.
    """
    for words in _PHRASES.get(tokens.lower[at], ()):
        here = at
        for word in words:
            if here > at and tokens.hyphen(here):
                here += 1
            if tokens.lower[here] != word:
                break
            here += 1
        else:
            return here
    return None


def names_before_reading(tokens: Tokens, at: int) -> bool:
    """Say whether the number at a token is part of a name or code by what is set tight before it or by its zeros.

    Args:
        tokens: The tokens.
        at: A number token.
    """
    word = tokens.words[at]
    if len(word) > 1 and word[0] == "0" and word.isdecimal():
        return True
    if not tokens.glued(at):
        return False
    before = tokens.words[at - 1]
    if tokens.kinds[at - 1] in {MASKED, WORD} or before in {"#", "№", "@", "_", "\\", "^"}:
        return True
    if before == "/":
        return tokens.kinds[at - 2] == NUMBER or (tokens.kinds[at - 2] == WORD and tokens.glued(at - 1))
    if before == "." and tokens.kinds[at - 2] == WORD and tokens.glued(at - 1):
        return tokens.lower[at - 2] not in {"c", "ca", "no", "approx", "rs"}
    if before == ":":
        return tokens.kinds[at - 2] == NUMBER
    return before in HYPHENS and tokens.glued(at - 1) and _name_hyphen(tokens, at)


def _name_hyphen(tokens: Tokens, at: int) -> bool:
    """Say whether the word before the hyphen makes a name of it ("Covid-19"), unlike "under-18s" or "sub-2%"."""
    word = tokens.lower[at - 2]
    if tokens.kinds[at - 2] == MASKED:
        return True
    prefix = word in _PREFIXES and tokens.words[at - 2] not in {"A", "S"}
    return tokens.kinds[at - 2] == WORD and not prefix and word not in NUMBER_WORDS and len(word) < 40


def letters_follow(tokens: Tokens, draft: Draft) -> bool:
    """Say whether letters or further digits are set tight behind what was read: "5G", "21st", "2.4GHz8".

    Args:
        tokens: The tokens.
        draft: The amount.
    """
    at = draft.last
    if not tokens.glued(at):
        return False
    word = tokens.words[at]
    if tokens.kinds[at] in {WORD, NUMBER}:
        return True
    if word in {"/", ":"} and draft.unit.dimension is Dimension.COUNT and tokens.glued(at + 1) and tokens.kinds[at + 1] == NUMBER:
        return True
    if word in HYPHENS and tokens.glued(at + 1):
        behind = tokens.words[at + 1]
        if tokens.lower[at + 1] in NUMBER_WORDS and tokens.lower[at + 1] not in {"hundred", "dozen"}:
            return True
        return len(behind) == 1 and behind.isupper() and draft.form is Form.DIGITS and draft.unit.dimension is Dimension.COUNT and not draft.scaled
    return (
        word == "("
        and tokens.glued(at + 1)
        and len(tokens.words[at + 1]) <= 3
        and tokens.words[at + 2] == ")"
        and (draft.unit.dimension is Dimension.COUNT and not draft.scaled and tokens.words[at + 1].islower())
    )


def is_list_number(tokens: Tokens, draft: Draft) -> bool:
    """Say whether the number is that of a list item, a footnote or a reference: "1.", "(a) 2)", "[12]", "(3)".

    Args:
        tokens: The tokens.
        draft: A bare number in digits.
    """
    first, last = draft.first, draft.last
    before, after = tokens.words[first - 1], tokens.words[last]
    if draft.value % 1 != 0:
        return _is_section_number(tokens, draft)
    if draft.value >= 1000:
        return False
    if before == "[" and after == "]":
        return True
    if before == "(" and after == ")":
        return draft.value < 100
    if after == "" and tokens.count > 1 and draft.value < 100 and tokens.ends_sentence(first - 1):
        return True  # the mark of a footnote behind the last sentence of a paragraph
    if first != 0 and not (first == 1 and before in {"(", "-", "•", "*", "["}):
        return False
    if after == "":
        return draft.value < 100 and len(tokens.text) > _ONE_NUMBER
    return after in {".", ")", "]", ":"} or (draft.value < 100 and _heads_item(tokens, draft))


_ONE_NUMBER = 8  # characters: a text that is nothing but a number is a figure, a line of a longer one a page number
_SHORT_HEADING = 12  # tokens: a line that begins "3 Men Arrested" is a headline, a long one is a numbered paragraph


def _is_section_number(tokens: Tokens, draft: Draft) -> bool:
    """Say whether "3.4" begins a heading ("3.4 Statistical concepts")."""
    starts = draft.first == 0 or tokens.words[draft.first - 1] in {":", "."}
    return starts and tokens.words[draft.last][:1].isupper() and not tokens.words[draft.first].startswith("0")


def _heads_item(tokens: Tokens, draft: Draft) -> bool:
    """Say whether a number that opens a line is that of a footnote or paragraph: "4 Some U.S. options exchanges"."""
    if not tokens.words[draft.last][:1].isupper():
        return False
    return draft.group is None or tokens.count > _SHORT_HEADING


_STEADY_LABELS = frozenset(["level", "tier", "phase", "stage", "type", "category", "grade", "band", "step", "group", "class", "key"])


def is_label(tokens: Tokens, draft: Draft, label_end: int) -> bool:
    """Say whether a label before the number makes a name of it, directly or along a list ("Articles 5, 6 and 7").

    Args:
        tokens: The tokens.
        draft: The amount, with what it counts.
        label_end: The token behind the last number that a label named, or -1.
    """
    at = draft.first - 1
    if tokens.words[at] == "." and not tokens.ends_sentence(at) or tokens.words[at] in {"'", "#"}:
        at -= 1
    word = tokens.lower[at]
    if word in _STEADY_LABELS and draft.form is Form.DIGITS and draft.value % 1 == 0 and draft.value < 20 and draft.unit.dimension is Dimension.COUNT:
        return not draft.scaled and not tokens.ends_sentence(at)
    if word in {"column", "columns", "col", "cols"} and draft.unit.code == "watt":
        return True  # Hansard: "column 12W"
    plain = draft.unit.dimension is Dimension.COUNT and not draft.scaled and draft.form in {Form.DIGITS, Form.WORDS}
    if not plain or draft.attributive:
        return False
    if word in _HARD and draft.form is Form.DIGITS and not (word in _SOFT and draft.group):
        return True
    if draft.grouped or tokens.kinds[draft.first] not in {NUMBER, WORD}:
        return False
    if word in _LABELS:
        return word not in _SOFT or draft.group is None or _capital_inside(tokens, at)
    if word in _NAMES and tokens.words[at][:1].isupper():
        return draft.form is Form.DIGITS and (
            draft.group is None
            or word in {"boeing", "airbus", "windows", "ftse", "fortune", "covid", "formula", "area", "agenda"}
        )
    return _continues_label(tokens, draft, label_end)


def _capital_inside(tokens: Tokens, at: int) -> bool:
    """Say whether a label is written with a capital though no sentence begins there: it is part of a name."""
    return (
        tokens.words[at][:1].isupper()
        and at > 0
        and not tokens.ends_sentence(at - 1)
        and not tokens.words[at].isupper()
    )


def _continues_label(tokens: Tokens, draft: Draft, label_end: int) -> bool:
    """Say whether only "and", "to" or a comma part the number from one that a label named."""
    if label_end < 0 or draft.group is not None or not 0 < draft.first - label_end <= 4:
        return False
    return all(
        tokens.lower[at] in {",", "and", "to", "or", "-", "–", "(", ")", "&", "/", ";", "through", "a", "b", "c", "d"}
        for at in range(label_end, draft.first)
    )


def is_name_or_year(tokens: Tokens, draft: Draft) -> bool:
    """Say whether a bare number in digits is a year, an address, or the tail of a capitalised name.

    Args:
        tokens: The tokens.
        draft: The amount, with what it counts.
    """
    if draft.unit.dimension is Dimension.CURRENCY and _base_year(tokens, draft):
        return True
    if draft.form is not Form.DIGITS or draft.unit.dimension is not Dimension.COUNT or draft.grouped:
        return False
    if draft.scaled:
        return tokens.words[draft.last - 1] in {"A", "B", "K", "M", "b"} and _is_address(tokens, draft)
    surface = tokens.words[draft.first]
    if len(surface) >= _CODE_DIGITS and surface.isdecimal() and draft.group is None or len(surface) > 12:
        return True
    if len(surface) == 4 and surface.isdecimal() and int(surface) in _YEARS:
        if draft.hedge is None or (draft.group is None and tokens.lower[draft.hedge[0]] not in _COUNTS_AFTER):
            return _is_year(tokens, draft)
    if (
        _is_address(tokens, draft)
        or tokens.lower[draft.first - 1] in _MONTHS
        and tokens.words[draft.first - 1][0].isupper()
    ):
        return True
    if draft.group is None and _heads_name(tokens, draft):
        return True
    before = tokens.words[draft.first - 1]
    if before == "." and draft.group is None and not tokens.ends_sentence(draft.first - 1) and tokens.kinds[draft.first - 2] == WORD:
        return tokens.glued(draft.first - 1) and tokens.words[draft.first - 2][0].isupper()
    if draft.group is not None or not before[:1].isupper() or draft.hedge is not None:
        return False
    if draft.value % 1 != 0 and not before.isupper():
        return False
    return tokens.kinds[draft.first - 1] == WORD and draft.first - 1 > 0 and not tokens.ends_sentence(draft.first - 2)


_COUNTS_AFTER = frozenset({"more", "fewer", "at", "up", "as", "nearly", "almost", "some", "approximately", "roughly", "no", "not"})
_CODE_DIGITS = 7  # digits: longer numbers without separators and without a noun are codes


def _base_year(tokens: Tokens, draft: Draft) -> bool:
    """Say whether "1997 dollars" is money of a year."""
    surface = tokens.words[draft.first]
    bare = not draft.signed and not draft.scaled and len(surface) == 4 and surface.isdecimal()
    return bare and int(surface) in _YEARS and tokens.lower[draft.first - 1] in {"in", "constant", "“", '"', "real", "to"}


def _is_year(tokens: Tokens, draft: Draft) -> bool:
    """Say whether a four-digit number is a year: anything but a count of a plural noun out of a year's places."""
    if draft.upper is not None:
        return True
    before = tokens.words[draft.first - 1]
    if draft.group is None or not draft.group.plural or before[:1].isupper() or before in {"(", "'", "’"}:
        return True
    return tokens.lower[draft.first - 1] in _BEFORE_YEAR or draft.first == 0


def _heads_name(tokens: Tokens, draft: Draft) -> bool:
    """Say whether capitalised words that head no plural follow: "101 Engineer Regiment"."""
    after = tokens.words[draft.last]
    inside = draft.first > 0 and not tokens.ends_sentence(draft.first - 1) and draft.hedge is None
    return inside and after[:1].isupper() and after[1:].islower() and tokens.lower[draft.last] not in STOPS


def _is_address(tokens: Tokens, draft: Draft) -> bool:
    """Say whether capitalised words that end a street's name follow: "10 Downing Street", "1600 Pennsylvania Ave"."""
    at = draft.last
    for _ in range(4):
        word = tokens.words[at]
        if not word[:1].isupper():
            return False
        if tokens.lower[at] in _STREETS and (at > draft.last or tokens.lower[at] in {"downing", "whitehall"}):
            return True
        at += 1
    return False


_ORDINALS = frozenset(
    """first second third fourth fifth sixth seventh eighth ninth tenth twelfth hundredth thousandth millionth firsts
    seconds thirds fourths fifths sixths sevenths eighths ninths""".split()
)


def is_idiom(tokens: Tokens, draft: Draft) -> bool:
    """Say whether a number word is a pronoun, part of a compound or of a name: "no one", "one-off", "Article Two".

    Args:
        tokens: The tokens.
        draft: The amount, with what it counts.
    """
    if tokens.hyphen(draft.number_end) and tokens.lower[draft.number_end + 1] in _ORDINALS:
        return True
    if draft.form is not Form.WORDS or draft.first + 1 < draft.number_end or tokens.kinds[draft.first] != WORD:
        return draft.form is Form.WORDS and _capital_name(tokens, draft)
    at, word = draft.first, tokens.lower[draft.first]
    if word == "half":
        return False
    if tokens.hyphen(at + 1) and tokens.lower[at + 2] in _HYPHEN_IDIOMS:
        return True
    if tokens.hyphen(at - 1) and tokens.kinds[at - 2] == NUMBER:
        return tokens.words[at][0].isupper()
    if tokens.hyphen(at - 1) and tokens.kinds[at - 2] == WORD:
        return tokens.lower[at - 2] not in _PREFIXES
    if word == "one":
        return _is_pronoun(tokens, draft)
    if word in {"zero", "nil", "nought"}:
        return draft.bare and (draft.group is None or tokens.lower[at - 1] in {"net", "near", "the", "a"})
    return _capital_name(tokens, draft)


def _capital_name(tokens: Tokens, draft: Draft) -> bool:
    """Say whether a number word with a capital stands inside a sentence and heads no plural: "Nine Elms"."""
    at = draft.first
    if not tokens.words[at][:1].isupper() or at == 0 or draft.unit.dimension is not Dimension.COUNT or draft.scaled:
        return False
    before = tokens.words[at - 1]
    if before in {",", ";"}:
        return tokens.words[at + 1][:1].isupper()
    if tokens.kinds[at - 1] != WORD or tokens.ends_sentence(at - 1):
        return False
    return draft.group is None or before[:1].islower() or not draft.group.plural


def _is_pronoun(tokens: Tokens, draft: Draft) -> bool:
    """Say whether "one" stands for a person or a thing, and counts nothing."""
    if (
        draft.unit.dimension not in {Dimension.COUNT, Dimension.DURATION}
        or draft.scaled
        or draft.last - draft.first > 2
    ):
        return False
    after, before = tokens.lower[draft.number_end], tokens.lower[draft.first - 1]
    if after in _ROOFS:
        return True
    if draft.unit.dimension is Dimension.DURATION:
        return after in {"day", "night"} or before in {"no", "any", "every"}
    if draft.attributive:
        return True
    return draft.group is None or after in _ONE_IDIOMS or before in _ONE_BEFORE


def too_large(value: Decimal) -> bool:
    """Say whether a value is beyond any figure of the world: a code, not a quantity.

    Args:
        value: As read, scales multiplied in.
    """
    return abs(value) >= Decimal("1e24")


_FRACTION_BEFORE = frozenset(
    """by to of than nearly almost about around over under roughly approximately least up down only just rose fell some
    half another remaining further or and is was are were be represents account accounts accounted makes made make cut
    reduced increased between with for contributes contributed provide provides more""".split()
)
_FRACTION_BEHIND = frozenset(
    "of more less higher lower fewer as the its their his her our all was were are is said by in on from to".split()
)


def is_ordinal(tokens: Tokens, draft: Draft) -> bool:
    """Say whether "a third" is an ordinal ("a third man") and "half" part of another word ("first half").

    Args:
        tokens: The tokens.
        draft: A fraction.
    """
    if draft.unit.dimension is not Dimension.PROPORTION or tokens.kinds[draft.first] != WORD:
        return False
    first, last = draft.first, draft.last
    before, behind = tokens.lower[first - 1], tokens.lower[last]
    if tokens.lower[first] == "half":
        return _is_other_half(tokens, draft)
    if tokens.lower[first] not in {"a", "an"} or behind in {
        "of",
        "more",
        "less",
        "fewer",
        "higher",
        "lower",
        "as",
        "off",
    }:
        return (
            behind in {"party", "place"}
            or tokens.hyphen(last)
            and tokens.lower[last + 1] not in {"of"}
            and tokens.lower[first] in {"a", "an"}
        )
    if before in _FRACTION_BEFORE or draft.hedge is not None:
        return (
            tokens.kinds[last] == WORD
            and behind not in _FRACTION_BEHIND
            and behind not in {"and", "this", "since", "last", "within", "compared", "during", "after", "over"}
        )
    return True


def _is_other_half(tokens: Tokens, draft: Draft) -> bool:
    """Say whether "half" is no share: "first half", "half-time", "half past", "in half", "the second half"."""
    before, behind = tokens.lower[draft.first - 1], tokens.lower[draft.last]
    if tokens.hyphen(draft.last) or tokens.hyphen(draft.first - 1):
        return True
    if before in {
        "first",
        "second",
        "latter",
        "other",
        "better",
        "in",
        "last",
        "top",
        "bottom",
        "this",
        "that",
        "each",
        "previous",
        "next",
        "early",
        "final",
        "northern",
        "southern",
    }:
        return True
    if behind in {"of", "the", "its", "their", "our", "all", "that", "those", "his", "her", "these", "this", "as"}:
        return False
    return draft.hedge is None and before not in {
        "by",
        "than",
        "nearly",
        "almost",
        "about",
        "around",
        "over",
        "under",
        "roughly",
        "least",
        "only",
        "just",
        "to",
    }
