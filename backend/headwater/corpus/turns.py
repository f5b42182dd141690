"""Reports of proceedings that set the speaker's name before the words: "Mr. WARNER. Mr. President, on Monday ..."."""

from __future__ import annotations

import re

# The Congressional Record: a courtesy title and the family name in capitals, the State where two share a name.
MEMBER = re.compile(
    r"(?P<who>(?:Mr|Mrs|Ms|Miss|Dr)\. (?:Mc|Mac|De|La|Van )?[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+){0,3}"
    r"(?: of [A-Z][a-z]+(?: [A-Z][a-z]+)?)?)\. (?=[A-Z\"“])"
)
CHAIR = re.compile(
    r"(?P<who>The (?:PRESIDING OFFICER|SPEAKER(?: pro tempore)?|VICE PRESIDENT|PRESIDENT pro tempore|CHAIRMAN|CHAIR"
    r"|ACTING PRESIDENT pro tempore|Acting CHAIR))(?: \([^()]{1,80}\))?\. (?=[A-Z\"“])"
)
# Words of others follow: a bill, a letter, an article, a message.
ENDS = re.compile(
    r"\b(?:as follows|reads? as follows|ordered to be printed in the record)\b[^.]{0,60}:$"
    r"|\b(?:submit|insert|include|enter|offer|append|share)\b[^.]{0,60}(?<!that )\bthe following (?:[a-z]{1,20} ){0,3}"
    r"(?:eulog|letter|article|statement|editorial|essay|speech|resolution|testimon|column|obituar|tribute|poem|report|"
    r"op-ed|sermon|memorandum|summary|remarks).{0,160}[.:]$",
    re.IGNORECASE,
)


def find_turn(paragraph: str) -> str:
    """Return who begins to speak with a paragraph of a report of proceedings, or "".

    Args:
        paragraph: Of working text.

    >>> find_turn("Mr. WARNER. Mr. President, on Monday the committee met.")
    'Mr. WARNER'
    >>> find_turn("Mr. Warner met the President.")
    ''
    """
    found = MEMBER.match(paragraph) or CHAIR.match(paragraph)
    return found["who"] if found is not None else ""


def ends_turn(paragraph: str) -> bool:
    """Say whether what follows a paragraph is put in the report, not said: "... in the Record, as follows:"."""
    return ENDS.search(paragraph) is not None
