"""Score the date reader on the specifications of Recognizers-Text: `python tests/benchmark/devsets_dates.py [-v]`.

Printed are, for the extractor bank, how many of its periods are found (any overlap, and the same words but for articles
and prepositions) and how many readings are of no period of the bank; for the parser bank, how many are resolved to the
same days, in the past or the future reading; for the duration bank, how many lengths of time are left to the figures.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from headwater.domain.quantities import DateMention, Dimension
from headwater.extraction.dates import extract_dates
from headwater.extraction.quantities import extract_quantities

_BANK = Path(__file__).parents[2] / "fixtures" / "devsets" / "recognizers_text_en"
_LEADING = re.compile(r"^(?:(?:in|on|for|during|of|from|between|the|a|within|my)\s+)+", re.IGNORECASE)
_NEUTRAL = date(2016, 11, 7)  # the reference day of most cases of the bank

NOT_FOLLOWED = (
    "'my week', 'the week', 'few days', 'that year': stretches that name no day are periods in the bank",
    "'jan', 'last sept': here an abbreviated month stands beside a day or year, and a bare month has a capital",
    "years in words ('nineteen ninety nine', 'two thousand and eighteen') and of three digits are read in the bank",
    "an end is exclusive in the bank and inclusive here (both are counted as alike)",
    "a range ends before its last month or year in the bank ('2014-2018' ends with 2017); here it is included",
    "'2015.3', '3/2015', '11-2016', '2016 - 11' are months in the bank; in news they are sections and references",
    "'from 4 to 22 this month', 'November between 19 and 20': days without their month beside them",
    "'Week 31' without a year is an ISO week in the bank; in news it is one of a season or a pregnancy",
    "'more than 2 weeks after today', '3 days starting Monday' are lengths with an anchor, not periods, here",
    "'past 3 weeks', 'next 3 days' leave out the document's day at one end in the bank; here 21 days are 21 days",
    "'past 2 decades', 'coming week' are calendar units in the bank; here they roll from the document's day",
    "'first week of 2015' is an ISO week in the bank, and 1 to 7 January here",
    "'early', 'mid', 'late', 'start of', 'end of' are halves or the whole in the bank; here thirds or the edge",
    "seasons have no days in the bank; here they are the meteorological ones, and one without its year is left alone",
)


def _cases(name: str) -> Iterator[dict[str, Any]]:
    yield from json.loads((_BANK / f"{name}.json").read_text(encoding="utf-8-sig"))


def _overlaps(mention: DateMention, result: dict[str, Any]) -> bool:
    start = int(result["Start"])
    return mention.span.start < start + int(result["Length"]) and start < mention.span.end


def _bare(words: str) -> str:
    return _LEADING.sub("", words.lower()).strip()


def _score_extractor(*, verbose: bool) -> None:
    wanted = found = exact = read = stray = 0
    for case in _cases("DatePeriodExtractor"):
        mentions = extract_dates(case["Input"], published=_NEUTRAL, order="us")
        read += len(mentions)
        stray += sum(not any(_overlaps(m, r) for r in case["Results"]) for m in mentions)
        for result in case["Results"]:
            wanted += 1
            facing = [mention for mention in mentions if _overlaps(mention, result)]
            found += bool(facing)
            same = any(_bare(mention.surface) == _bare(result["Text"]) for mention in facing)
            exact += same
            if verbose and not same:
                print(f"  {case['Input']!r}: {result['Text']!r}, read {[m.surface for m in facing]}")
    print(f"DatePeriodExtractor: {wanted} periods, found {found / wanted:.1%}, same words {exact / wanted:.1%}")
    print(f"    read {read}, of no period of the bank {stray / max(read, 1):.1%}")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _resolved_alike(mention: DateMention, value: dict[str, Any]) -> bool:
    for name in ("PastResolution", "FutureResolution"):
        reading = value.get(name, {})
        first, after = _day(reading.get("startDate")), _day(reading.get("endDate"))
        ends = (after, after - timedelta(days=1)) if after else (None,)
        if mention.first is not None and mention.first == first and mention.last in ends:
            return True
    return False


def _score_parser(*, verbose: bool) -> None:
    wanted = found = alike = 0
    for case in _cases("DatePeriodParser"):
        reference = case.get("Context", {}).get("ReferenceDateTime", "")[:10]
        mentions = extract_dates(case["Input"], published=_day(reference) or _NEUTRAL, order="us")
        for result in case["Results"]:
            wanted += 1
            facing = [mention for mention in mentions if _overlaps(mention, result)]
            found += bool(facing)
            same = any(_resolved_alike(mention, result["Value"]) for mention in facing)
            alike += same
            if verbose and facing and not same:
                shown = [(m.surface, str(m.first), str(m.last), m.unresolved) for m in facing]
                print(f"  {case['Input']!r} of {reference}: {result['Value'].get('Timex')}, read {shown}")
    print(f"DatePeriodParser: {wanted} periods, found {found / wanted:.1%}, same days {alike / wanted:.1%}")
    print(f"    of those found, same days {alike / max(found, 1):.1%}")


def _score_durations(*, verbose: bool) -> None:
    wanted = left = figures = 0
    for case in _cases("DurationExtractor"):
        mentions = extract_dates(case["Input"], published=_NEUTRAL, order="us")
        lengths = [q for q in extract_quantities(case["Input"]) if q.unit.dimension is Dimension.DURATION]
        for result in case["Results"]:
            wanted += 1
            alone = not any(_overlaps(mention, result) for mention in mentions)
            left += alone
            start = int(result["Start"])
            figures += any(q.span.start < start + int(result["Length"]) and start < q.span.end for q in lengths)
            if verbose and not alone:
                print(f"  {case['Input']!r}: {result['Text']!r} read as a period")
    print(f"DurationExtractor: {wanted} lengths, no period {left / wanted:.1%}, read as figures {figures / wanted:.1%}")


def main() -> None:
    """Print the scores of all three banks, and the conventions not followed."""
    verbose = "-v" in sys.argv
    _score_extractor(verbose=verbose)
    _score_parser(verbose=verbose)
    _score_durations(verbose=verbose)
    print("Conventions deliberately not followed:")
    for convention in NOT_FOLLOWED:
        print(f"  - {convention}")


if __name__ == "__main__":
    main()
