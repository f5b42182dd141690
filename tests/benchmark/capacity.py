"""What ten, thirty and a hundred million passages need in PostgreSQL: `python -m tests.benchmark.capacity`.

Computed from `results/postgres.json`, never from opinion: bytes grow with the passages (the size a passage has at the
largest size measured), a graph search with the logarithm of the vectors (the slope between the sizes measured, or the
theory's where only one was), a filtered or lexical search not at all, since both look at a bounded number of rows. The
table is printed as Markdown and written into `docs/scaling.md`, between its two marks.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MEASURED = HERE / "results" / "postgres.json"
RESULT = HERE / "results" / "capacity.json"
PAGE = HERE.parents[1] / "docs" / "scaling.md"
CAPACITY, FILTERS = "capacity", "filters"  # marks of the page that the tables stand between
SIZES = (1_000_000, 3_000_000, 10_000_000, 30_000_000, 100_000_000)

# Which tables and indexes a search touches at random, and which are read by number for the passages shown.
HOT = (
    "vector graph",
    "ix_passage_words_words",
    "passage_vocabulary_pkey",
    "passage_vocabulary",
    "ix_passages_text_hash",
    "passage_bits",
)
WARM = ("vectors", "passage_words", "vectors_model_text_hash_key", "passage_words_pkey", "passages_pkey")
GB = 1e9


@dataclass(frozen=True)
class Row:
    """One size of corpus, and what it needs."""

    passages: int
    disk_gb: float
    graph_gb: float
    hot_gb: float
    warm_gb: float
    dense_ms: float
    lexical_ms: float
    retrieve_ms: float
    is_measured: bool
    is_current: bool = True

    @property
    def kind(self) -> str:
        """What its figures are."""
        if not self.is_measured:
            return "computed"
        return "measured" if self.is_current else "measured before signs were kept"

    @property
    def memory(self) -> str:
        """Memory that keeps a search off the disk: what it touches at random, and a fifth of what it rescores from."""
        return f"{self.hot_gb + 0.2 * self.warm_gb:,.1f}"


def bytes_of(measured: Mapping[str, Any], names: Sequence[str] | None = None) -> int:
    held = measured["postgres_bytes"]
    return sum(size for name, size in held.items() if names is None or name in names)


def search_cost(points: Sequence[Mapping[str, Any]], passages: int, step: str) -> float:
    """Return milliseconds of a step that grows with the logarithm of the corpus."""
    large = points[-1]
    cost, held = large["postgres"][step]["p50"], large["passages"]
    if len(points) > 1:
        small = points[0]
        rise = (cost - small["postgres"][step]["p50"]) / math.log(held / small["passages"])
    else:
        rise = cost / math.log(held)
    return float(cost + max(rise, 0.0) * math.log(passages / held))


def compute(points: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Return the table: the sizes measured, then those computed.

    Args:
        points: Measurements, by size.
    """
    measured = [row_of(points, one["passages"], one, is_measured=True) for one in points]
    current = [one for one in points if is_current(one)] or list(points)
    largest = current[-1]
    beyond = [size for size in SIZES if size > largest["passages"] * 1.5]
    rows = [*measured, *(row_of(current, size, largest, is_measured=False) for size in beyond)]
    return sorted(rows, key=lambda row: row.passages)


def is_current(point: Mapping[str, Any]) -> bool:
    """Say whether a measurement is of tables as they are now."""
    return "passage_bits" in point["postgres_bytes"]


def row_of(points: Sequence[Mapping[str, Any]], passages: int, base: Mapping[str, Any], *, is_measured: bool) -> Row:
    scale = passages / base["passages"] / GB
    of = points if not is_measured else [base]
    dense = base["postgres"]["dense search"]["p50"] if is_measured else search_cost(of, passages, "dense search")
    whole = base["postgres"]["retrieve"]["p50"]
    return Row(
        passages,
        disk_gb=bytes_of(base) * scale,
        graph_gb=bytes_of(base, ["vector graph"]) * scale,
        hot_gb=bytes_of(base, HOT) * scale,
        warm_gb=bytes_of(base, WARM) * scale,
        dense_ms=dense,
        lexical_ms=base["postgres"]["lexical search"]["p50"],
        retrieve_ms=whole + dense - base["postgres"]["dense search"]["p50"],
        is_measured=is_measured,
        is_current=is_current(base),
    )


def as_markdown(rows: Sequence[Row], points: Sequence[Mapping[str, Any]]) -> str:
    """Return the table, and under it the load under which it was measured."""
    lines = [
        "| passages | | on disk, GB | vector graph, GB | memory that helps, GB | dense search, ms | lexical search, ms "
        "| one claim, ms |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {row.passages:,} | {row.kind} | {row.disk_gb:,.1f} | {row.graph_gb:,.1f} | {row.memory} "
        f"| {row.dense_ms:,.0f} | {row.lexical_ms:,.0f} | {row.retrieve_ms:,.0f} |"
        for row in rows
    ]
    loads = ", ".join(f"{one['load']:.1f} at {one['passages']:,}" for one in points)
    return "\n".join([*lines, "", f"Load average of the 2 cores while it was measured: {loads}."])


def filters_as_markdown(points: Sequence[Mapping[str, Any]]) -> str:
    """Return what was measured of dense search under filters."""
    lines = [
        "| corpus | filter | passages that pass | recall@10 | recall@100 | p50, ms | p95, ms |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for point in points:
        before = "" if is_current(point) else ", before signs were kept"
        for name, found in point["dense"].items():
            passing = found["passages"] if isinstance(found["passages"], str) else f"{found['passages']:,}"
            lines.append(
                f"| {point['passages']:,}{before} | {name} | {passing} | {found['recall@10']:.3f} "
                f"| {found['recall@100']:.3f} | {found['p50']:,.0f} | {found['p95']:,.0f} |"
            )
    return "\n".join(lines)


def write_page(mark: str, table: str) -> None:
    """Put a table between its marks of the page."""
    page = PAGE.read_text("utf-8")
    begin, end = f"<!-- {mark}: begin -->", f"<!-- {mark}: end -->"
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    PAGE.write_text(f"{before}{begin}\n{table}\n{end}{after}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--print", action="store_true", help="print only, write nothing")
    chosen = parser.parse_args()
    points = json.loads(MEASURED.read_text("utf-8"))
    rows = compute(points)
    table = as_markdown(rows, points)
    print(table)
    if not chosen.print:
        RESULT.write_text(json.dumps([vars(row) for row in rows], indent=2) + "\n", "utf-8")
        write_page(CAPACITY, table)
        write_page(FILTERS, filters_as_markdown(points))


if __name__ == "__main__":
    main()
