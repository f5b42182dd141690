"""How the cost of a search grows from a thousand passages to all there are, beside what the memory could do at best."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from headwater.corpus.store import CorpusStore
from headwater.retrieval.cards import CardIndex, Cards
from headwater.retrieval.following import IndexFollower
from headwater.retrieval.lexical import weigh_words
from headwater.retrieval.postings import Postings, WordSearch
from headwater_embeddings.index_rows import VectorRows

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
QUERIES = 24
CANDIDATES = 100
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 820, 500, 70, 250, 40, 50
COLOURS = ("#1b6ca8", "#2a9d5c", "#b0413e", "#888888", "#c9a227")


def growth(database: Path, model: str) -> dict[str, Any]:
    """Return milliseconds of processor time a query, by kind of search and number of passages."""
    with CorpusStore(database) as store:
        state = IndexFollower(store, model).latest()
        cards = _all_cards(store, state.index.owners)
        texts = [one.text[:200] for one in store.passages(list(range(1, 40_000, 40_000 // QUERIES))).values()]
        held = store.passage_count()
    rows, bandwidth = state.index.rows, _bandwidth()
    sizes = [size for size in SIZES if size <= held]
    lines: dict[str, list[float]] = {name: [] for name in ("bits and rescoring", "words", "float32, numpy")}
    bests: dict[str, list[float]] = {"reading the bits": [], "reading float32": []}
    for size in sizes:
        part = min(size, len(rows))
        table = VectorRows(rows.stored[:part], rows.tail[:0], np.ascontiguousarray(rows.columns[:, :part]),
                           rows.values[:part], np.argsort(rows.values[:part]))  # fmt: skip
        queries = rows.take(np.linspace(0, part - 1, QUERIES).astype(np.intp))
        every = table.take(np.arange(part))
        lines["bits and rescoring"].append(_spent(lambda query, table=table: table.nearest(query, CANDIDATES), queries))
        lines["float32, numpy"].append(
            _spent(lambda query, every=every: np.argpartition(-(every @ query), CANDIDATES), queries)
        )
        search = _words_of(cards, size)
        weighed = weigh_words(texts, search.frequencies, size)
        lines["words"].append(_spent(lambda words, search=search: search.search(words, CANDIDATES), weighed))
        bests["reading the bits"].append(part * rows.columns.shape[0] * 8 / bandwidth * 1000)
        bests["reading float32"].append(part * rows.dimensions * 4 / bandwidth * 1000)
    rounded = {name: [round(one, 4) for one in line] for name, line in (lines | bests).items()}
    return {"passages": sizes, "bandwidth_gb_per_second": round(bandwidth / 1e9, 1), "ms_per_query": rounded}


def _all_cards(store: CorpusStore, owners: Any) -> Cards:
    index = CardIndex(store)
    index.follow(owners)
    while index.latest is None or len(index.latest.ids) < len(owners.ids):
        time.sleep(0.5)
    return index.latest


def _words_of(cards: Cards, size: int) -> WordSearch:
    first = {name: column[: int(cards.ends[size])] if name in {"codes", "places"} else column[:size]
             for name, column in cards.columns.items()}  # fmt: skip
    part = Cards.of(first)
    return WordSearch(part, Postings.of(part), Postings.of(part, size), None)


def _spent(work: Callable[[Any], object], queries: Sequence[Any]) -> float:
    """Return the median of processor milliseconds, each query twice and the quicker one taken."""
    elapsed = []
    for query in queries:
        both = []
        for _ in range(2):
            start = time.thread_time()
            work(query)
            both.append(time.thread_time() - start)
        elapsed.append(min(both) * 1000)
    return float(np.median(elapsed))


def _bandwidth() -> float:
    """Return bytes a second that one thread reads from memory at best."""
    block = np.ones(40_000_000, dtype=np.float64)
    best = min(_seconds(block) for _ in range(7))
    return block.nbytes / best


def _seconds(block: Any) -> float:
    start = time.perf_counter()
    block.max()
    return time.perf_counter() - start


def plot(report: Mapping[str, Any]) -> str:
    """Return the growth as SVG, both axes logarithmic."""
    found = report["growth"]
    sizes, lines = found["passages"], found["ms_per_query"]
    values = [value for line in lines.values() for value in line if value > 0]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))

    def x(size: float) -> float:
        return LEFT + (math.log10(size) - 3) / max(1, math.log10(sizes[-1]) - 3) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (math.log10(max(value, 10**low)) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="22" font-size="15">Processor time of one search, one thread, by passages '
        f"(memory reads {found['bandwidth_gb_per_second']} GB/s)</text>",
    ]
    for power in range(low, high + 1):
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(10**power):.1f}" y2="{y(10**power):.1f}" stroke="#ddd"/>'
        )
        parts.append(f'<text x="{LEFT - 8}" y="{y(10**power) + 4:.1f}" text-anchor="end">{10.0**power:g} ms</text>')
    parts += [f'<text x="{x(size):.1f}" y="{HEIGHT - 28}" text-anchor="middle">{size:,}</text>' for size in sizes[::2]]
    for place, (name, line) in enumerate(lines.items()):
        points = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in zip(sizes, line, strict=True))
        dashes = ' stroke-dasharray="5 4"' if name.startswith("reading") else ""
        colour = COLOURS[place % len(COLOURS)]
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>')
        label = f"{name}, the limit" if dashes else name
        parts.append(
            f'<text x="{WIDTH - RIGHT + 10}" y="{y(line[-1]) + 4:.1f}" fill="{colour}">'
            f"{label}: {line[-1]:.3g} ms</text>"
        )
    return "\n".join([*parts, "</svg>"]) + "\n"
