"""How often the quotation lane finds edits where there are none: real quotations, set in another typography.

Each quotation of an official text is typeset anew as newsrooms do (straight marks, single marks, curly marks, lines
wrapped at 65, a comma for the last full stop and the speaker behind, a capital dropped after "that") and held against
the document it was taken from. Its words are the same, so every finding above info is an invented one.

Run: python tests/benchmark/quotations_restraint.py [--corpus fixtures/corpus] [--quotations 2000] [--show 10]
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from headwater.alignment.passages import annotate
from headwater.comparison.attribution import compare_attribution
from headwater.comparison.quotations import compare_quotations
from headwater.corpus.given import given_passages
from headwater.domain.facts import Annotated, QuotationForm
from headwater.domain.findings import Finding, Severity
from headwater.extraction.facts import extract_facts
from headwater.extraction.quotations import extract_quotations
from headwater.text.normalise import normalise

LEAST_WORDS = 5  # shorter quotations are terms as often as speech
LONGEST = 1500  # characters of one quotation: news quotes no more
LONGEST_WORD = 40  # characters: an address is parted at the line's end
EACH = 60  # quotations of one document
LOST = ("QUO-NEGATION", "QUO-CONDITION")  # a fragment set alone has truly lost the "not" before it
AROUND = 8  # passages nearest the quotation that are compared, as many as are retrieved


def straight(words: str) -> str:
    return words.translate(str.maketrans("“”‘’", "\"\"''"))


def curly(words: str) -> str:
    return words.replace("'", "’").replace('"', "")


MANNERS: Mapping[str, Callable[[str], str]] = {
    "as it stands": lambda words: f"The text says: “{words}”",
    "straight": lambda words: f'It said: "{straight(words).replace(chr(34), chr(39))}"',
    "single": lambda words: f"She said: ‘{words}’",
    "straight single": lambda words: f"She said: '{straight(words)}'",
    "curly": lambda words: f"He said: “{curly(words)}”",
    "wrapped": lambda words: textwrap.fill(f"Speaking on Monday she said: “{words}”", 65),
    "comma": lambda words: f"“{words.rstrip('.')},” the minister said.",
    "comma outside": lambda words: f"“{words.rstrip('.')}”, the minister said.",
    "lower case": lambda words: f"They argued that “{words[:1].lower()}{words[1:].rstrip('.')}”.",
}


def quotations(folder: Path, seed: int) -> Iterator[tuple[str, list[Annotated]]]:
    """Yield the words of quotations of one paragraph without a mark inside, each with the passages around it."""
    rng = random.Random(seed)
    lines = (lzma.decompress(path.read_bytes()).decode().splitlines() for path in sorted(folder.glob("*/*.xz")))
    records = [json.loads(line) for document in lines for line in document]
    rng.shuffle(records)
    for record in records:
        text = record["text"]
        found = extract_quotations(normalise(text).mapped.text, block_quotes=record.get("blockquotes") or ())
        words = [q.words for q in found if q.form is not QuotationForm.TERM and _fits(q.words)]
        if not words or not record["language"].startswith("en"):
            continue
        passages = [annotate(passage) for passage in given_passages(text)]
        for chosen in rng.sample(words, min(EACH, len(words))):
            near = _near(chosen, passages)
            if near:
                yield chosen, near


def _fits(words: str) -> bool:
    fits = len(words.split()) >= LEAST_WORDS and len(words) < LONGEST and max(map(len, words.split())) < LONGEST_WORD
    return fits and not set('\n"“”‘[]`') & set(words)


def _near(words: str, passages: Sequence[Annotated]) -> list[Annotated]:
    """Return the passages around the one that a quotation begins in; none where a table or a page's end cuts it."""
    if _letters(words) not in _letters("".join(passage.text for passage in passages)):
        return []
    letters = [_letters(passage.text) for passage in passages]
    whole, head = _letters(words), _letters(words)[:30]
    place = next((place for place, text in enumerate(letters) if whole in text), None)
    place = place if place is not None else next((place for place, text in enumerate(letters) if head in text), None)
    if place is None:
        return []
    low = max(0, place - AROUND // 2)
    return list(passages[low : low + AROUND])


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def alarms(article: str, passages: Sequence[Annotated]) -> list[Finding]:
    mapped = normalise(article).mapped
    claim = Annotated(mapped, extract_facts(mapped.text))
    found = (*compare_quotations(claim, passages), *compare_attribution(claim, []))
    return [f for f in found if f.severity is not Severity.INFO and f.rule not in LOST]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print alarms by manner and by rule; 1 where there is one."""
    parser = argparse.ArgumentParser(description="What the quotation lane invents.")
    parser.add_argument("--corpus", type=Path, default=Path("fixtures/corpus"))
    parser.add_argument("--quotations", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20241107)
    parser.add_argument("--show", type=int, default=0, help="alarms of each rule and manner to print")
    options = parser.parse_args(arguments)
    count = 0
    found: Counter[tuple[str, str]] = Counter()
    for words, passages in quotations(options.corpus, options.seed):
        if count == options.quotations:
            break
        count += 1
        for manner, write in MANNERS.items():
            for finding in alarms(write(words), passages):
                key = (manner, finding.rule)
                found[key] += 1
                if found[key] <= options.show:
                    official = finding.official.surface if finding.official else ""
                    sys.stdout.write(
                        f"\n{manner}, {finding.rule}: [{finding.claimed.surface}] [{official}]\n  {words}\n"
                    )
    for (manner, rule), number in sorted(found.items()):
        sys.stdout.write(f"{manner:16} {rule:18} {number}\n")
    sys.stdout.write(f"quotations {count}, manners {len(MANNERS)}, alarms {found.total()}\n")
    return int(found.total() > 0)


if __name__ == "__main__":
    sys.exit(main())
