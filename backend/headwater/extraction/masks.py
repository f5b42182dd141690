"""Stretches of text whose digits are no figures: dates, clock times, addresses of the web, phone numbers, citations."""

from __future__ import annotations

import re

from headwater.extraction.tables import load_table

_MONTH = "(?:" + "|".join(load_table("identifiers")["months"]) + r")\b\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d{2}"
_ANY_YEAR = r"(?:1\d|20)\d{2}"  # behind a day and month: "October 12, 1492"
_BEGINS_WITH_DIGIT = rf"""
    \d{{4}}-\d{{2}}-\d{{2}}(?!\d)                                                # 2024-06-12
  | \d{{1,2}}([/.])\d{{1,2}}\1(?:\d{{4}}|\d{{2}})(?![\d])                            # 12/06/2024, 12.6.24
  | \d{{1,2}}-\d{{1,2}}-{_YEAR}(?!\d)                                            # 12-06-2024
  | \d{{1,2}}{_ORDINAL}                                                         # 3 May, 3rd of May 2024, 3-4 May
    (?:\s?[-–/]\s?\d{{1,2}}{_ORDINAL}|\s(?:and|to|or)\s\d{{1,2}}{_ORDINAL})?
    \s(?:of\s)?{_MONTH}(?:,?\s{_ANY_YEAR}(?!\d))?
  | {_YEAR}\s?[/–-]\s?(?:{_YEAR}|\d{{2}})                                       # 2023/24, 2010–2015
    (?![\d%]|,\d{{3}}|\.\d|\s?(?:per|million|m\b|bn\b))
  | \d{{1,2}}(?:[:.]\d{{2}}){{0,2}}\s?                                            # 9am, 10.30 p.m., 6 o'clock
    (?:[apAP]\.[mM]\.|[apAP][mM]\b|o['’]clock\b|noon\b|midnight\b|hrs?\s(?:GMT|BST)\b)
  | [0-2]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:])                                    # 10:30
  | [0-2]?\d[.:][0-5]\d\s(?:GMT|BST|EST|EDT|ET|CET|UTC)\b                     # 10.30 GMT
  | [0-2]?\d[.:][0-5]\d\s(?:this|in\sthe|on\s\w{{3,6}}day|yesterday|tomorrow)  # 8.30 this morning
    \s(?:morning|afternoon|evening)\b
  | \d{{1,4}}\s                                                               # 18 U.S.C. 1001, 40 CFR 52.21(a)
    (?:U\.\s?S\.\s?C\.?|USC|C\.\s?F\.\s?R\.?|CFR|FR|Fed\.\sReg\.|Stat\.|F\.\s?[23]d|F\.\s?Supp\.|U\.\s?S\.|S\.\s?Ct\.)
    (?=\s?(?:§|\d|Part|part|[Aa]pp\.|at\s\d))(?:\s?§+)?(?:\s?[Pp]arts?)?\s?[\d.,()a-z–-]{{0,40}}+
    (?:,?\s\d{{1,5}}(?![\d.,]\d|\s[a-z])){{0,4}}+
  | (?<!over[ -])(?<!under[ -])(?:1[5-9]|20|)\d0['’]?s\b                      # 1980s, 90s; not over-60s
  | (?<!\d[ ])0\d{{2,4}}(?:[\s-]\d{{2,8}}){{1,4}}+                               # 020 7035 4848
  | \d{{1,3}}[-.]\d{{3}}[-.]\d{{3}}[-.]\d{{4}}(?!\d)                             # 1-800-555-1212
  | \d{{3}}[-.]\d{{3}}[-.]\d{{4}}(?!\d)                                         # 703-358-2466
  | \d{{3}}-\d{{4}}(?![\d-])                                                  # 555-1212
  | (?!\d{{1,3}}(?:\.\d{{3}}){{2,8}}(?![\d.]))\d++(?:\.\d++){{2,8}}+               # 1.2.3; not 1.234.567
  | 1[38]00\s\d{{3}}\s\d{{3}}(?!\d)|13\s\d{{2}}\s\d{{2}}(?!\d)                  # Australian numbers
  | \d{{4,6}}(?:-\d{{2,6}}){{2,4}}+                                             # 2016-08765-1
  | 24/7|9/11|50/50|50-50|20/20|20-20|999\b(?=\scall)|101\b(?=\scall)
"""
_MASK = re.compile(
    rf"""
    (?=[\dA-Z(+§hvw])(?:                                                        # one look instead of fourteen
    (?:https?://|www\.)\S{{1,2000}}+
  | (?<![\w.,])(?:{_BEGINS_WITH_DIGIT})
  | (?:\+\d{{1,3}}(?:\s?\(0\))?|\(\+?\d{{2,5}}\))(?:[\s.-]?\(?\d{{2,8}}\)?){{1,4}}+  # +44 20 7946, (202) 555
  | \b{_MONTH}\s\d{{1,2}}{_ORDINAL}(?:\s?[-–]\s?\d{{1,2}}{_ORDINAL}(?!\d))?     # May 3, May 3rd-4th, May 3, 2024
    (?!\d|,\d{{3}}|\.\d|\s?(?:%|per\s?cent|million|billion|bn|m\b))(?:,?\s{_ANY_YEAR}(?!\d))?
  | \b(?:FY|Q[1-4]|H[12])\s?['’]?(?:20)?\d{{2}}(?:[/-]\d{{2}})?(?!\d)           # FY24, Q1 2015
  | \b[A-Z]{{1,2}}\d[A-Z\d]?\s\d[A-Z]{{2}}\b                                  # SW1A 2AA
  | \b[A-Z]{{2}}\s\d{{5}}(?:-\d{{4}})?(?!\d)                                    # DC 20500
  | (?<!§)§++\s?\d[\d.()a-z,–-]{{0,40}}+
  | \b(?:P\.L\.|Pub\.\sL\.|Public\sLaw|H\.\s?R\.|H\.\s?Res\.|S\.\s?Res\.|E\.O\.|RIN|OMB|CFDA|ISBN|ISSN|CAS)
    \s(?:No\.\s)?[\d][\d\w.-]{{0,30}}+
  | \b[vV]\d{{1,4}}(?:\.\d{{1,4}}){{0,4}}+\b                                    # v2.1.3
  | \b[A-Z]{{1,8}}\d{{1,8}}(?:-\d{{1,8}}){{1,4}}+                                # ER10-2369-007
  | \b[A-Z]{{2,8}}[-–—][\dA-Z–-]{{0,20}}\d{{3,}}[-–\dA-Z]{{0,20}})              # EPA-R09-OAR-2016-0028
    """,
    re.VERBOSE,
)
_DIGIT = re.compile(r"\d")


def find_masks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the (start, end) pairs of what is not to be read as figures in a stretch of text, in order.

    Args:
        text: The whole text.
        start: Where the stretch begins.
        end: Where it ends.
    """
    if _DIGIT.search(text, start, end) is None:
        return []
    return [match.span() for match in _MASK.finditer(text, start, end)]
