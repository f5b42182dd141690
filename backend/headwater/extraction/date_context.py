"""What stands around a number or word decides whether it is a date: bare years, "May", "Sunday", tense, base periods.

Restraint rules: a number is a year only where its company says so, and a name is a name. Tables: `date_context.toml`.
"""

from __future__ import annotations

from headwater.extraction.date_expressions import Tense
from headwater.extraction.date_tokens import (
    CONTEXT,
    END,
    MONTHS,
    SEASONS,
    SHORT_MONTHS,
    UNITS,
    Token,
    Tokens,
    day_of,
    year_of,
)

_YEARS = {name: frozenset(words) for name, words in CONTEXT["years"].items()}
_MONTHS = {name: frozenset(words) for name, words in CONTEXT["months"].items()}
_WEEKDAYS = {name: frozenset(words) for name, words in CONTEXT["weekdays"].items()}
_TENSE = {name: frozenset(words) for name, words in CONTEXT["tense"].items()}
_BASE = {name: frozenset(words) for name, words in CONTEXT["base"].items()}

_HYPHENS = "-–—/"
_GLUED_PREFIXES = frozenset(["mid", "late", "early", "pre", "post", "end", "inter", "fy"])  # "mid-2024", "pre-2010"
_JOINED = frozenset(["-", "–", "/", "to"])
TENSE_REACH = 40  # words either way in which a verb can tell the tense of a date; a long sentence has about 40


def before(tokens: Tokens, at: int) -> Token:
    """Return the token before, or an end token."""
    return tokens[at - 1] if at > 0 else END


def glued(left: Token, right: Token) -> bool:
    """Say whether no space stands between two tokens."""
    return left.kind != "end" and right.kind != "end" and left.end == right.start


def _begins_line(tokens: Tokens, at: int) -> bool:
    previous = before(tokens, at)
    if previous.text in ("-", "•", "*") and before(tokens, at - 1).text in ("", "\n"):
        return True  # a list item
    return previous.kind == "end" or previous.text in ("\n", "|")


def _part_of_code(tokens: Tokens, at: int, end: int) -> bool:
    """Say whether hyphens, slashes or marks of money tie the number to something else."""
    left, right = before(tokens, at), tokens[end]
    if left.text in ("£", "$", "€", "¥", "#", "@", "§", "+", "_", "\\", "=") or right.text in ("%", "@", "_", "°", "="):
        return True
    if glued(left, tokens[at]) and left.text in (*_HYPHENS, "."):
        outer = before(tokens, at - 1)
        known = outer.word in _GLUED_PREFIXES or outer.word in MONTHS or outer.word in SHORT_MONTHS
        if glued(outer, left) and not (known or outer.word in SEASONS or outer.text in ("", ")")):
            return True
    if glued(tokens[end - 1], right) and right.text in (*_HYPHENS, "(", "["):
        outer = tokens[end + 1]
        return glued(right, outer) and (outer.kind in ("int", "number") or right.text in ("(", "["))
    return False


def _looks_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))


def _counts(tokens: Tokens, end: int, year: int) -> bool:
    """Say whether a counted noun follows, so that the number is a count."""
    following = tokens[end]
    if following.kind != "word":
        return False
    word = following.word
    if word in _YEARS["counted"]:
        return True
    if word in _YEARS["period_nouns"] or not word[:1].islower() or following.text != word:
        return False
    return (year % 100 == 0 or year < 1900) and _looks_plural(word)


def _in_brackets(tokens: Tokens, at: int, end: int) -> bool:
    left, right = before(tokens, at).text, tokens[end].text
    return (left in "([" and left != "" and right in (")", "]", ":", ",", ";")) or (
        left in (",", ";") and right in (")", "]")
    )


def _stands_alone(tokens: Tokens, at: int, end: int) -> bool:
    """Say whether the year opens a heading, a list item or a table cell."""
    if not _begins_line(tokens, at):
        return False
    following = tokens[end]
    if following.kind == "end" or following.text in ("\n", "|", ":"):
        return True
    opens_heading = following.text[:1].isupper() or following.word in _YEARS["period_nouns"]
    return opens_heading or following.word in _YEARS["verbs"]


def is_year(tokens: Tokens, at: int, end: int, year: int) -> bool:
    """Say whether a bare number is a year where it stands.

    Args:
        tokens: Of the text.
        at: Index of the number.
        end: Index after it; further on for "2010-2015".
        year: Its value.
    """
    if _part_of_code(tokens, at, end):
        return False
    previous, following = before(tokens, at), tokens[end]
    if previous.word in _YEARS["identifiers"] or (
        previous.text == "." and before(tokens, at - 1).word in _YEARS["identifiers"]
    ):
        return False
    counts = _counts(tokens, end, year)
    if previous.word in _YEARS["strong"] or (previous.text in _HYPHENS and glued(previous, tokens[at])):
        return not (counts and year % 100 == 0)
    if counts:
        return False
    if previous.word in _YEARS["weak"] or previous.word.endswith("'s") or _in_brackets(tokens, at, end):
        return True
    named = previous.word in _YEARS["events"] and previous.text[:1].isupper()
    told = following.word in _YEARS["period_nouns"] or (
        following.word in _YEARS["verbs"] and previous.word in ("that", "but", "while", "because", "if")
    )
    return named or told or _stands_alone(tokens, at, end)


def continues_years(tokens: Tokens, at: int, last_end: int) -> bool:
    """Say whether a year goes on a list of years ("2019, 2020 and 2021") whose last ended before index `last_end`."""
    between = [token.word or token.text for token in tokens[last_end:at]]
    listed = between in ([","], ["and"], ["or"], ["&"], [",", "and"], [",", "or"], ["|"], [";"], ["to"], ["v"], ["vs"])
    year = year_of(tokens[at])
    return listed and year is not None and not _counts(tokens, at + 1, year) and not _part_of_code(tokens, at, at + 1)


def is_month(tokens: Tokens, at: int) -> bool:
    """Say whether a month's name without day or year is the month and not a verb or somebody's name."""
    token, previous = tokens[at], before(tokens, at)
    if not token.text[:1].isupper():
        return False
    outer = before(tokens, at - 1).word
    if outer == "between" or (previous.text in _JOINED and outer in MONTHS):
        return True  # "January-March"
    if token.word in _MONTHS["doubtful"]:
        return _is_doubtful_month(tokens, at)
    return previous.word in _MONTHS["before"] or not _names_on(tokens, at)


def _names_on(tokens: Tokens, at: int) -> bool:
    """Say whether a capitalised word follows, as in a person's name ("April Ryan")."""
    following = tokens[at + 1]
    return following.kind == "word" and following.text[:1].isupper() and following.word not in MONTHS


def _is_doubtful_month(tokens: Tokens, at: int) -> bool:
    previous, following = before(tokens, at), tokens[at + 1]
    led = previous.word in _MONTHS["firmly_before"]
    if following.word in _MONTHS["verbs_after"] or following.word.endswith("'s"):
        return led
    if tokens[at].word == "may" or _names_on(tokens, at):
        return led
    return led or previous.word in _MONTHS["before"]


def is_weekday(tokens: Tokens, at: int) -> bool:
    """Say whether a day's name is a day of the calendar and not a name ("Black Friday") or a habit ("every Friday")."""
    token, previous, following = tokens[at], before(tokens, at), tokens[at + 1]
    if not token.text[:1].isupper() or previous.word in _WEEKDAYS["names_before"]:
        return False
    if following.word in _WEEKDAYS["names_after"] and following.text[:1].isupper():
        return False
    return previous.word not in _WEEKDAYS["habit_before"]


def is_today(tokens: Tokens, at: int) -> bool:
    """Say whether "today" is the day and not a title ("USA Today", the Today programme)."""
    title = before(tokens, at).word in _WEEKDAYS["names_of_today"] or tokens[at + 1].word in _WEEKDAYS["today_after"]
    return not (title and tokens[at].text[:1].isupper())


def _ends_clause(tokens: Tokens, at: int) -> bool:
    token, following = tokens[at], tokens[at + 1]
    if token.text in ("\n", "!", "?", ";"):
        return True
    return (
        token.text == "."
        and not glued(token, following)
        and not following.text[:1].islower()
        and day_of(following) is None
    )


def sentence_start(tokens: Tokens, at: int) -> int:
    """Return the index of the first token of the sentence that token `at` is in, looking back a bounded way."""
    floor = max(at - 2 * TENSE_REACH, 0)
    while at > floor and not _ends_clause(tokens, at - 1):
        at -= 1
    return at


def begins_sentence(tokens: Tokens, at: int) -> bool:
    """Say whether a token is the first of its sentence."""
    return at <= 0 or _ends_clause(tokens, at - 1)


def _tense_of_word(token: Token) -> Tense | None:
    word = token.word
    if word in _TENSE["future"] or word.endswith(("'ll",)):
        return "future"
    if word in _TENSE["past"]:
        return "past"
    if word.endswith("ed") and len(word) > 3 and word not in _TENSE["not_past"]:
        return "past"
    return None


def find_tense(tokens: Tokens, at: int, end: int) -> Tense | None:
    """Return the tense of the clause that tokens `at` to `end` are in, or None where no word shows it.

    The nearest telling word decides, those before the date first: "said on Thursday it will ..." is past.
    """
    if before(tokens, at).word in _TENSE["future_before"]:
        return "future"
    for index in range(at - 1, max(at - TENSE_REACH, 0) - 1, -1):
        if index < 0 or _ends_clause(tokens, index):
            break
        tense = _tense_of_word(tokens[index])
        if tense is not None:
            return _passive_or_perfect(tokens, index, tense)
    for index in range(end, min(end + TENSE_REACH, len(tokens) - 1)):
        if tokens[index].kind == "end" or _ends_clause(tokens, index):
            break
        tense = _tense_of_word(tokens[index])
        if tense is not None:
            return tense
    return None


def _passive_or_perfect(tokens: Tokens, at: int, tense: Tense) -> Tense:
    """Return future where a participle hangs on "will be", "is to be": "will be announced on Thursday"."""
    if tense == "future":
        return tense
    for index in range(at - 1, max(at - 5, -1), -1):  # 5: "will not only be formally signed"
        word = tokens[index].word
        if word in ("will", "shall", "to", "would", "is", "are") and tokens[index + 1].word not in ("", "the", "a"):
            return "future" if word in ("will", "shall", "would") or tokens[index + 1].word == "be" else tense
        if not word or word in _TENSE["past"]:
            break
    return tense


def is_base(tokens: Tokens, at: int) -> bool:
    """Say whether the words before make a period the base of a comparison: "up 19% on", "compared with", "than in"."""
    words = [token.word or token.text for token in tokens[max(at - 10, 0) : at]]
    while words and words[-1] in ("the", "that", "those", "its", "their"):
        words.pop()
    for length in range(1, 5):
        if " ".join(words[-length:]) in _BASE["before"]:
            return True
    if not words or words[-1] not in _BASE["links"]:
        return False
    return any(word in _BASE["changes"] or word.endswith("%") for word in words[-8:-1])


def has_unit(token: Token) -> bool:
    """Say whether a token is a unit of time."""
    return token.word in UNITS
