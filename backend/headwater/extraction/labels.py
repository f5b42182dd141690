"""Tell numbers that label ("Section 21", "Articles 5, 6 and 7", "1.", "[12]") from numbers that count."""

from __future__ import annotations

from headwater.domain.quantities import Dimension
from headwater.extraction.drafts import Draft
from headwater.extraction.numeral_types import NUMBER_WORDS, Form
from headwater.extraction.tables import load_words
from headwater.extraction.tokens import NUMBER, WORD, Tokens

_LABELS = load_words("identifiers", "labels")
_SOFT = load_words("identifiers", "soft_labels")
_HARD = load_words("identifiers", "hard_labels")
_STEADY = load_words("identifiers", "steady_labels")
_NAMES = load_words("identifiers", "names")
_ALWAYS_NAMES = load_words("identifiers", "always_names")
_JOINTS = load_words("identifiers", "label_joints")
_PHONE_VERBS = load_words("identifiers", "phone_verbs")
_NAMED_BY_NUMBER = load_words("identifiers", "named_by_number")
_SHORTEST_PHONE = 3  # digits: "101"
_LAST_SCHOOL_YEAR = 13
_HANSARD = frozenset({"column", "columns", "col", "cols"})
_STEADY_BELOW = 20  # "tier 3 areas" is a name, "a group 40 people strong" is none
_YEAR_DIGITS = 4
_LIST_REACH = 5  # tokens: "Tables 2A, 2B"
_RACES = frozenset({5000, 10_000})  # metres: "a 5K", "her first 10K"
_CODE_DIGITS = 5  # digits without separators in brackets: the number of a question or a case
_ONE_NUMBER = 8  # characters: a text that is nothing but a number is a figure, a line of a longer one a page number
_SHORT_HEADING = 12  # tokens: a line that begins "3 Men Arrested" is a headline, a long one is a numbered paragraph


def is_list_number(tokens: Tokens, draft: Draft) -> bool:
    """Say whether the number is that of a list item, a footnote or a reference: "1.", "(a) 2)", "[12]", "(3)".

    Args:
        tokens: The tokens.
        draft: A bare number in digits.
    """
    if draft.value % 1 != 0:
        return _is_section_number(tokens, draft)
    return _is_enclosed(tokens, draft) or (draft.value < 1000 and _opens_line(tokens, draft))


def _is_enclosed(tokens: Tokens, draft: Draft) -> bool:
    """Say whether brackets enclose the number, or it stands alone behind the last sentence of a paragraph."""
    before, after = tokens.words[draft.first - 1], tokens.words[draft.last]
    small = draft.value < 100
    if before == "[":
        return after == "]" and draft.value < 1000
    if before == "(":
        code = len(tokens.words[draft.first]) >= _CODE_DIGITS and not draft.grouped
        return after == ")" and (small or code)
    return after == "" and tokens.count > 1 and small and tokens.ends_sentence(draft.first - 1)


def _opens_line(tokens: Tokens, draft: Draft) -> bool:
    """Say whether the number opens a line as that of an item or footnote: "1.", "2)", "4 Some U.S. exchanges"."""
    first, after = draft.first, tokens.words[draft.last]
    if tokens.words[first - 1] == ":" and after == "." and tokens.words[draft.last + 1]:
        return True  # "Notes: 1. Figures are rounded."
    if first != 0 and not (first == 1 and tokens.words[0] in {"(", "-", "•", "*", "["}):
        return False
    if after == "":
        return draft.value < 100 and len(tokens.text) > _ONE_NUMBER
    if after[:1].isupper() and draft.value < 100:
        return draft.group is None or tokens.count > _SHORT_HEADING
    return after in {".", ")", "]", ":"}


def _is_section_number(tokens: Tokens, draft: Draft) -> bool:
    """Say whether "3.4" begins a heading ("3.4 Statistical concepts")."""
    starts = draft.first == 0 or tokens.words[draft.first - 1] in {":", "."}
    return starts and tokens.words[draft.last][:1].isupper() and not tokens.words[draft.first].startswith("0")


def is_label(tokens: Tokens, draft: Draft, label_end: int) -> bool:
    """Say whether a label before the number makes a name of it, directly or along a list ("Articles 5, 6 and 7").

    Args:
        tokens: The tokens.
        draft: The amount, with what it counts.
        label_end: The token behind the last number that a label named, or -1.
    """
    at = draft.first - 1
    if (tokens.words[at] == "." and not tokens.ends_sentence(at)) or tokens.words[at] in {"'", "#"}:
        at -= 1
    word = tokens.lower[at]
    if word in _HANSARD and draft.unit.code == "watt":
        return True  # "column 12W"
    if _is_lettered(tokens, draft):
        return True
    counts = draft.unit.dimension is Dimension.COUNT and not draft.scaled
    if not counts or draft.form not in {Form.DIGITS, Form.WORDS}:
        return False
    return (
        _after_steady_label(tokens, draft, at)
        or _is_school_year(tokens, draft, at)
        or _is_called(tokens, draft, at)
        or _names_its_noun(tokens, draft, at)
        or (not draft.attributive and _after_label(tokens, draft, at))
        or (not draft.attributive and _continues_label(tokens, draft, label_end))
    )


def stands_behind_label(tokens: Tokens, draft: Draft) -> bool:
    """Say whether a label stands right before the number: "Table 8-3".

    Args:
        tokens: The tokens.
        draft: The amount.
    """
    at = draft.first - 2 if tokens.words[draft.first - 1] == "." else draft.first - 1
    return tokens.lower[at] in _LABELS - _SOFT


def _is_lettered(tokens: Tokens, draft: Draft) -> bool:
    """Say whether a letter read as a scale belongs to a label or a race: "Tables 2A and 2B", "Couch to 5K"."""
    letter = tokens.words[draft.last - 1]
    if letter not in {"B", "K", "b", "k"} or draft.signed or draft.unit.dimension is not Dimension.COUNT:
        return False
    near = tokens.lower[max(0, draft.first - _LIST_REACH) : draft.first]
    if len(tokens.words[draft.first]) == _YEAR_DIGITS and letter in {"b", "B"}:
        return True  # "DECC, 2013b"
    race = letter == "K" and draft.group is None and draft.value in _RACES
    return race or not _LABELS.isdisjoint(near)


def _after_steady_label(tokens: Tokens, draft: Draft, at: int) -> bool:
    """Say whether the number is a small one behind "tier", "level" or "type": a name whatever follows."""
    small = draft.form is Form.DIGITS and draft.value % 1 == 0 and draft.value < _STEADY_BELOW
    return small and tokens.lower[at] in _STEADY and not tokens.ends_sentence(at)


def _is_school_year(tokens: Tokens, draft: Draft, at: int) -> bool:
    """Say whether a small number names a year of school: "Year 11 pupils", "in years 4 to 6"."""
    if draft.form is not Form.DIGITS or draft.value > _LAST_SCHOOL_YEAR:
        return False
    if tokens.words[at] == "Year":
        return True
    counted = tokens.kinds[at - 1] == NUMBER or tokens.lower[at - 1] in NUMBER_WORDS | {"recent", "few", "several"}
    return tokens.lower[at] == "years" and draft.group is None and not counted


def _is_called(tokens: Tokens, draft: Draft, at: int) -> bool:
    """Say whether the number is dialled: "call 101", "text 60777"."""
    digits = len(tokens.words[draft.first])
    dialled = draft.bare and draft.form is Form.DIGITS and draft.group is None and not draft.grouped
    return dialled and tokens.lower[at] in _PHONE_VERBS and digits >= _SHORTEST_PHONE and draft.value % 1 == 0


def _names_its_noun(tokens: Tokens, draft: Draft, at: int) -> bool:
    """Say whether the number names the singular noun behind it: "the 457 visa", "a 747 jet"."""
    named = draft.bare and draft.form is Form.DIGITS and tokens.lower[at] in {"the", "a", "an", "this", "that", "no"}
    return named and tokens.lower[draft.last] in _NAMED_BY_NUMBER and draft.group is None


def _after_label(tokens: Tokens, draft: Draft, at: int) -> bool:
    """Say whether the word at a token labels the number behind it."""
    word, named = tokens.lower[at], draft.form is Form.DIGITS
    if word in _HARD and named and not (word in _SOFT and draft.group):
        return True
    if draft.grouped or tokens.kinds[draft.first] not in {NUMBER, WORD}:
        return False
    if word in _LABELS:
        return word not in _SOFT or draft.group is None or _capital_inside(tokens, at)
    if word == "p" and tokens.words[at - 1] == "&":
        return True  # "S&P 500 firms"
    name = word in _NAMES and not tokens.words[at].islower() and named
    return name and (draft.group is None or word in _ALWAYS_NAMES)


def _capital_inside(tokens: Tokens, at: int) -> bool:
    """Say whether a label is written with a capital though no sentence begins there: it is part of a name."""
    word = tokens.words[at]
    return word[:1].isupper() and not word.isupper() and at > 0 and not tokens.ends_sentence(at - 1)


def _continues_label(tokens: Tokens, draft: Draft, label_end: int) -> bool:
    """Say whether only "and", "to" or a comma part the number from one that a label named."""
    if label_end < 0 or draft.group is not None or draft.grouped or not 0 < draft.first - label_end <= 4:
        return False
    return all(tokens.lower[at] in _JOINTS for at in range(label_end, draft.first))
