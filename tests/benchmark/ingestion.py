"""Ingest all documents that ship with Headwater and show that nothing is lost: `python -m tests.benchmark.ingestion`.

Into an empty corpus: seconds, memory and bytes; then every record of the files is looked for in the corpus by the
digest of its text, and every passage is held against the slice of the text that it says it is. `--vectors` encodes the
passages, too, which takes some minutes. Exits with 1 where anything is missing.
"""

from __future__ import annotations

import argparse
import json
import lzma
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from headwater.corpus.store import CorpusStore
from headwater.sources.embedding import PassageEncoder
from headwater.sources.ingest import IngestSummary, ingest
from headwater_embeddings.registry import DEFAULT_MODEL, load_encoder

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "fixtures" / "corpus"
RESULTS = Path(__file__).parent / "results" / "ingestion.json"
MEGABYTE = 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vectors", action="store_true", help="encode the passages, too")
    vectors = parser.parse_args().vectors
    wanted = Counter(digests())
    with tempfile.TemporaryDirectory() as folder, CorpusStore(Path(folder) / "corpus.sqlite3") as store:
        figures: dict[str, float | int] = {"records": wanted.total()}
        took, summary = timed(store, None)
        counts = store.counts()
        figures |= {
            "documents": counts.documents,
            "versions": counts.versions,
            "passages": counts.passages,
            "different texts of passages": counts.texts,
            "seconds": round(took, 1),
            "documents a second": round(counts.versions / took, 1),
            "records that could not be read": len(summary.problems),
        }
        figures |= held(store, wanted)
        took, summary = timed(store, None)
        figures |= {
            "seconds to find nothing new": round(took, 2),
            "stored twice": store.counts().versions - counts.versions,
        }
        if vectors:
            took, summary = timed(store, load_encoder(DEFAULT_MODEL))
            figures |= {"texts encoded": summary.encoded, "seconds to encode": round(took, 1)}
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        figures |= {"megabytes of the corpus": round(size / MEGABYTE), "peak megabytes of memory": peak_megabytes()}
    for name, figure in figures.items():
        print(f"{name:42} {figure:>12,}")
    if not vectors:  # memory and size would be those of encoding
        RESULTS.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    lost = [
        name for name in ("records not stored", "passages that are no slice", "words in no passage") if figures[name]
    ]
    sys.exit(f"lost: {', '.join(lost)}" if lost else 0)


def timed(store: CorpusStore, encoder: PassageEncoder | None) -> tuple[float, IngestSummary]:
    start = time.perf_counter()
    summary = ingest([CORPUS], store, encoder)
    return time.perf_counter() - start, summary


def digests() -> Iterator[str]:
    """The digest of each record's text, read from the files without any of the product's readers."""
    for path in sorted(CORPUS.rglob("*.jsonl.xz")):
        for line in lzma.decompress(path.read_bytes()).splitlines():
            yield digest(json.loads(line)["text"])


def digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def held(store: CorpusStore, wanted: Counter[str]) -> dict[str, int]:
    """Count what is missing: records by their digests, slices, and words that stand in no passage."""
    documents = {passage.document.id for passage in store.passages(range(1, store.passage_count() + 1)).values()}
    found: Counter[str] = Counter()
    wrong = outside = 0
    for one in documents:
        for version in store.versions(one):
            text = store.document_text(one, version.version)
            found[digest(text)] += 1
            covered = bytearray(len(text))
            for passage in store.passages_of(one, version.version):
                wrong += text[passage.span.start : passage.span.end] != passage.text
                covered[passage.span.start : passage.span.end] = b"\1" * len(passage.text)
            outside += sum(not inside and character.isalnum() for inside, character in zip(covered, text, strict=True))
    return {
        "records not stored": (wanted - found).total(),
        "passages that are no slice": wrong,
        "words in no passage": outside,
    }


def peak_megabytes() -> int:
    """Of this process, as Linux counts: in kilobytes."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE)


if __name__ == "__main__":
    main()
