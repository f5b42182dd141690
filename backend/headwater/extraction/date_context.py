"""What stands around a number or word decides whether it is a date: bare years, "May", "Sunday", tense.

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
    WEEKDAYS,
    Token,
    Tokens,
    day_of,
    year_of,
)

_YEARS = {name: frozenset(words) for name, words in CONTEXT["years"].items()}
_MONTHS = {name: frozenset(words) for name, words in CONTEXT["months"].items()}
_WEEKDAYS = {name: frozenset(words) for name, words in CONTEXT["weekdays"].items()}
_TENSE = {name: frozenset(words) for name, words in CONTEXT["tense"].items()}

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


def names_code(tokens: Tokens, at: int, end: int) -> bool:
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
        return tokens[end + 1].word not in _YEARS["period_nouns"] or year < 1900  # "the 2024 jobs report"
    if word in _YEARS["adjectives"] and tokens[end + 1].word in _YEARS["counted"]:
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


def _goes_on(tokens: Tokens, end: int, year: int) -> bool:
    """Say whether a later year follows: "2003 to 2007", or the head of a table, "2003 2004 2005"."""
    following = year_of(tokens[end + 1])
    if tokens[end].word in ("to", "through"):
        return following is not None and following > year and not _counts(tokens, end + 2, year)
    return year_of(tokens[end]) == year + 1 and following == year + 2


def is_year(tokens: Tokens, at: int, end: int, year: int) -> bool:
    """Say whether a bare number is a year where it stands.

    Args:
        tokens: Of the text.
        at: Index of the number.
        end: Index after it; further on for "2010-2015".
        year: Its value.
    """
    previous, following = before(tokens, at), tokens[end]
    moved = previous.word == "to" and before(tokens, at - 1).word in _YEARS["moves"]
    if moved or names_code(tokens, at, end) or _names_law(tokens, at):
        return False
    if previous.word in _YEARS["identifiers"] or (
        previous.text == "." and before(tokens, at - 1).word in _YEARS["identifiers"]
    ):
        return False
    counts = _counts(tokens, end, year)
    if previous.word in _YEARS["strong"] or (previous.text in _HYPHENS and glued(previous, tokens[at])):
        return not (counts and (year % 100 == 0 or _takes_count(tokens, at - 1)))
    if counts:
        return previous.word == "by" and begins_sentence(tokens, at - 1)  # "By 2030 people will"
    if previous.word in _YEARS["weak"] or previous.word == "'s" or _in_brackets(tokens, at, end):
        return True
    named = previous.word in _YEARS["events"] and previous.text[:1].isupper()
    told = following.word in _YEARS["period_nouns"] or (
        following.word in _YEARS["verbs"] and previous.word in ("that", "but", "while", "because", "if", "said", "says")
    )
    return named or told or _stands_alone(tokens, at, end) or _goes_on(tokens, end, year)


def _takes_count(tokens: Tokens, at: int) -> bool:
    """Say whether "in" goes on a clause, so that "found in 1527 people" counts them; at its start it gives the year."""
    previous = before(tokens, at)
    opens = begins_sentence(tokens, at) or previous.kind == "mark" or previous.word in _YEARS["clause_openers"]
    return tokens[at].word in _YEARS["takes_count"] and not opens


def _names_law(tokens: Tokens, at: int) -> bool:
    """Say whether a law's name ends in the number: "Housing Act of 1988", "Civil Aviation Regulations, 1998"."""
    link, name = before(tokens, at), before(tokens, at - 1)
    return (link.word == "of" or link.text == ",") and name.word in _YEARS["laws"] and name.text[:1].isupper()


def continues_years(tokens: Tokens, at: int, last_end: int) -> bool:
    """Say whether a year goes on a list of years ("2019, 2020 and 2021") whose last ended before index `last_end`."""
    between = [token.word or token.text for token in tokens[last_end:at]]
    listed = between in ([","], ["and"], ["or"], ["&"], [",", "and"], [",", "or"], ["|"], [";"], ["to"], ["v"], ["vs"])
    year = year_of(tokens[at])
    if not between and year is not None and year_of(tokens[at - 1]) == year - 1:
        return True  # the head of a table
    return listed and year is not None and not _counts(tokens, at + 1, year) and not names_code(tokens, at, at + 1)


def is_month(tokens: Tokens, at: int) -> bool:
    """Say whether a month's name without day or year is the month and not a verb or somebody's name."""
    token, previous = tokens[at], before(tokens, at)
    if not token.text[:1].isupper() or previous.word in _WEEKDAYS["habit_before"]:
        return False
    outer = before(tokens, at - 1).word
    if previous.word == "to" and outer in UNITS:
        return True  # "the year to May"
    if outer == "between" or (previous.text in _JOINED and outer in MONTHS):
        return True  # "January-March"
    if token.word in _MONTHS["doubtful"]:
        return _is_doubtful_month(tokens, at)
    return previous.word in _MONTHS["before"] or previous.word == "'s" or not _names_on(tokens, at)


def _names_on(tokens: Tokens, at: int) -> bool:
    """Say whether a capitalised word follows, as in a person's name ("April Ryan")."""
    following = tokens[at + 1]
    return following.kind == "word" and following.text[:1].isupper() and following.word not in MONTHS


def _is_doubtful_month(tokens: Tokens, at: int) -> bool:
    """Judge "May", "March", "April", "June" and "August" without a day or year, by the words on both sides."""
    previous, following = before(tokens, at), tokens[at + 1]
    led = previous.word in _MONTHS["firmly_before"] or before(tokens, at - 1).word == "mid"
    mark = following.word or following.text
    if (mark in _JOINED or mark in ("and", "or")) and tokens[at + 2].word in MONTHS:
        return True  # "the May to July figures", "over March and April"
    if (previous.word or previous.text) in ("and", "or", ",") and before(tokens, at - 1).word in MONTHS:
        return True  # "in March, April and May"
    if following.word in _MONTHS["verbs_after"] or following.word == "'s":
        return led
    if previous.word in _MONTHS["articles"]:
        return following.kind == "word"  # "the May survey": a person's name takes no article
    if tokens[at].word == "may" or _names_on(tokens, at):
        told = previous.word == "for" and before(tokens, at - 1).word in _MONTHS["for_month"]
        return led or (told and not _names_on(tokens, at))
    return led or previous.word in _MONTHS["before"]


def is_weekday(tokens: Tokens, at: int) -> bool:
    """Say whether a day's name is a day of the calendar and not a name ("Black Friday") or a habit ("every Friday")."""
    token, previous, following = tokens[at], before(tokens, at), tokens[at + 1]
    if not token.text[:1].isupper() or previous.word in _WEEKDAYS["names_before"]:
        return False
    if following.word in _WEEKDAYS["names_after"] and following.text[:1].isupper():
        return False
    if (following.word or following.text) in _JOINED and tokens[at + 2].word in WEEKDAYS:
        return previous.word in ("from", "between")  # "Monday to Friday" is a habit
    if (previous.word or previous.text) in _JOINED and before(tokens, at - 1).word in WEEKDAYS:
        return before(tokens, at - 2).word in ("from", "between")
    return previous.word not in _WEEKDAYS["habit_before"]


def is_today(tokens: Tokens, at: int) -> bool:
    """Say whether "today" is the day and not a title ("USA Today", the Today programme)."""
    title = before(tokens, at).word in _WEEKDAYS["names_of_today"] or tokens[at + 1].word in _WEEKDAYS["today_after"]
    return not (title and tokens[at].text[:1].isupper())


def ends_clause(tokens: Tokens, at: int) -> bool:
    """Say whether a token ends a sentence, or a clause at a semicolon."""
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
    while at > floor and not ends_clause(tokens, at - 1):
        at -= 1
    return at


def begins_sentence(tokens: Tokens, at: int) -> bool:
    """Say whether a token is the first of its sentence."""
    return at <= 0 or ends_clause(tokens, at - 1)


def _tense_at(tokens: Tokens, at: int) -> Tense | None:
    """Return the tense that a word shows, "plans to" and "is due" read with their neighbours."""
    word = tokens[at].word
    if _is_future(tokens, at):
        return "future"
    if word in _TENSE["past"]:
        return "future" if before(tokens, at).word == "to" and not word.endswith("ed") else "past"
    regular = word.endswith("ed") and len(word) > 3 and word not in _TENSE["not_past"]
    return "past" if regular else None


def _is_future(tokens: Tokens, at: int) -> bool:
    word, following = tokens[at].word, tokens[at + 1].word
    planned = word in _TENSE["future_with_to"] and following == "to" and not _was(tokens, at)
    due = word in _TENSE["future_after_be"] and before(tokens, at).word in _TENSE["be"]
    fixed = f"{word} {following}" in _TENSE["future_pairs"]
    return planned or due or fixed or word in _TENSE["future"] or word.endswith("'ll")


def _was(tokens: Tokens, at: int) -> bool:
    return before(tokens, at).word in ("was", "were", "had", "been")


def find_tense(tokens: Tokens, at: int, end: int) -> Tense | None:
    """Return the tense of the clause that tokens `at` to `end` are in, or None where no word shows it.

    The nearest telling word decides, those before the date first: "said on Thursday it will ..." is past.
    """
    if before(tokens, at).word in _TENSE["future_before"]:
        return "future"
    for index in range(at - 1, max(at - TENSE_REACH, 0) - 1, -1):
        if index < 0 or ends_clause(tokens, index):
            break
        tense = _tense_at(tokens, index)
        if tense is not None:
            return _passive_or_perfect(tokens, index, tense)
        if tokens[index].word in _TENSE["present"]:
            return None
    for index in range(end, min(end + TENSE_REACH, len(tokens) - 1)):
        if tokens[index].kind == "end" or ends_clause(tokens, index):
            break
        tense = _tense_at(tokens, index)
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
