"""Queries whose right passage is known: the seed article's sentences, and corpus passages reworded by fixed rules."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.benchmark import paraphrase
from tests.gate.cases import CASES, read_cases
from tests.gate.gold import GoldPair, read_lines

from headwater.corpus.store import CorpusStore
from headwater.domain.documents import Passage, PassageKind
from headwater.domain.spans import Span
from headwater.retrieval.words import codes_of
from headwater.text.normalise import normalise
from headwater.text.sentences import split_sentences

CLAIMS_A_TEXT = 8  # of a made text: six from one document, two from another
FOREIGN = 2
CUT = "…"  # ends the beginning of a passage that stands for the whole
SHORTEST, LONGEST = 80, 450  # characters of a passage that is reworded


@dataclass(frozen=True)
class Question:
    """A query, and the identifiers of the passages that answer it."""

    text: str
    gold: frozenset[int]
    before: str = ""
    copies: tuple[frozenset[int], ...] = ()  # codes of the gold's words, where copies in other documents count too


@dataclass(frozen=True)
class ReadAgain:
    """The passages added to a claim's label, and those struck from it: whole, or their beginning and an ellipsis."""

    added: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()


NOTHING = ReadAgain()


@dataclass(frozen=True)
class QuestionSet:
    """Texts, each a list of questions that belong together."""

    name: str
    texts: list[list[Question]]

    @property
    def size(self) -> int:
        return sum(map(len, self.texts))


def seed_questions(pair: GoldPair, passages: Iterable[Passage]) -> QuestionSet:
    """The article's sentences that have a gold passage; a passage is gold if it shares words with one."""
    held = list(passages)
    mapped = normalise(pair.article).mapped
    questions, before = [], ""
    for span in sentences_of(mapped.text):
        original = mapped.to_original(span)
        claims = [claim for claim in pair.claims if claim.span.overlaps(original) and not claim.id.startswith("H")]
        spans = [pair.passages[name].span for claim in claims for name in claim.passages]
        gold = frozenset(
            passage.id
            for passage in held
            if passage.kind is not PassageKind.HEADING and any(shared(passage.span, span) for span in spans)
        )
        if gold:
            questions.append(Question(span.slice(mapped.text), gold, before))
        before = span.slice(mapped.text)
    return QuestionSet("seed article", [questions])


def case_questions(store: CorpusStore, part: str, *, as_first_labelled: bool = False) -> QuestionSet:
    """The claims of the labelled cases that quote their source; a copy of a gold passage in another document counts.

    Args:
        store: The corpus of the fixtures.
        part: Of the cases.
        as_first_labelled: Leave out what was added and struck when the labels were read again.
    """
    texts = []
    again = {} if as_first_labelled else _read_again(part)
    documents = {document.url: document.id for document in store.documents(_identifiers(store)).values()}
    for case in read_cases(part):
        about = json.loads((CASES / part / case.id / "case.json").read_text("utf-8"))
        passages = store.passages_of(documents[about["url"]])
        rows = read_lines(CASES / part / case.id / "claims.jsonl")
        asked = [
            (row["text"], _gold(passages, row["sources"], again.get((case.id, row["id"]), NOTHING))) for row in rows
        ]
        texts.append(
            [
                Question(text, frozenset(one.id for one in gold), copies=tuple(_codes(one.text) for one in gold))
                for text, gold in asked
                if gold
            ]
        )
    return QuestionSet(f"rewrites, {part} cases", texts)


def _read_again(part: str) -> dict[tuple[str, str], ReadAgain]:
    """What was added to the labels of claims and struck from them, by case and claim; see fixtures/gold/README.md."""
    path = CASES / f"{part}_passages.jsonl"
    rows = read_lines(path) if path.exists() else []
    return {(row["case"], row["claim"]): ReadAgain(tuple(row["added"]), tuple(row["struck"])) for row in rows}


def _gold(passages: Sequence[Passage], sources: Iterable[str], again: ReadAgain) -> list[Passage]:
    """The passages that answer a claim: those its label quotes, and what reading it again added and struck."""
    held = [(one, " ".join(one.text.split())) for one in passages]
    return [
        one
        for one, text in held
        if _is_named(text, again.added) or (quoted(one, sources) and not _is_named(text, again.struck))
    ]


def _is_named(text: str, names: Iterable[str]) -> bool:
    return any(text.startswith(name[:-1]) if name.endswith(CUT) else text == name for name in names)


def quoted(passage: Passage, sources: Iterable[str]) -> bool:
    """Whether a passage holds one of the quoted sources, stands in one, or shares most of its words with one."""
    words = passage.text.split()
    for source in sources:
        other = source.split()
        if " ".join(other) in " ".join(words) or (len(words) > 5 and " ".join(words) in " ".join(other)):
            return True
        if len(words) > 7 and len({*words} & {*other}) >= 0.8 * min(len({*words}), len({*other})):
            return True
    return False


def is_copy(text: str, question: Question) -> bool:
    """Whether a passage has nearly the words of a gold passage: the same text on another page."""
    codes = _codes(text)
    return any(len(codes & gold) >= 0.7 * len(codes | gold) for gold in question.copies)


def _codes(text: str) -> frozenset[int]:
    return frozenset(codes_of(text).tolist())


def _identifiers(store: CorpusStore) -> list[str]:
    return sorted({passage.document.id for passage in store.passages(range(1, store.passage_count() * 2)).values()})


def sentences_of(text: str) -> Iterable[Span]:
    """Sentences of all paragraphs of a working text."""
    start = 0
    for line in text.split("\n"):
        for span in split_sentences(line):
            yield span.shift(start)
        start += len(line) + 1


def shared(one: Span, other: Span) -> bool:
    """Whether two spans share at least half of the shorter."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return common * 2 >= min(len(one), len(other))


def reworded_texts(store: CorpusStore, texts: int, without: str) -> list[QuestionSet]:
    """Passages of prose, reworded four ways and put together to texts; the same in every run.

    Args:
        store: The corpus.
        texts: How many texts of each way.
        without: Document that is left out.
    """
    chosen = _choose(store, texts, without)
    ways: dict[str, Callable[[str], str]] = {
        "light rewording": paraphrase.light,
        "heavy rewording": paraphrase.heavy,
        "names and long words lost": paraphrase.vague,
        "altered quotation": paraphrase.altered_quote,
    }
    return [
        QuestionSet(name, [[Question(way(one.text), frozenset({one.id})) for one in passages] for passages in chosen])
        for name, way in ways.items()
    ]


def _choose(store: CorpusStore, texts: int, without: str) -> list[list[Passage]]:
    held = store.passages(range(1, store.passage_count() * 2))
    known = Counter(passage.text for passage in held.values())
    documents: dict[str, list[Passage]] = {}
    for passage in held.values():
        prose = passage.kind in {PassageKind.PARAGRAPH, PassageKind.QUOTE}
        english = passage.document.language.startswith("en") and passage.document.id != without
        if prose and english and SHORTEST <= len(passage.text) <= LONGEST and known[passage.text] == 1:
            documents.setdefault(passage.document.id, []).append(passage)
    chance = random.Random(11)
    long = [passages for _, passages in sorted(documents.items()) if len(passages) >= CLAIMS_A_TEXT]
    chance.shuffle(long)
    mine, others = long[:texts], long[texts:] or long
    return [
        sorted(chance.sample(passages, CLAIMS_A_TEXT - FOREIGN), key=lambda one: one.id)
        + chance.sample(chance.choice(others), FOREIGN)
        for passages in mine
    ]
