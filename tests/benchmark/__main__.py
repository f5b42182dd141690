"""All benches, one after the other: `python -m tests.benchmark [NAME...]`; what they print is kept in `results/`.

Timings are of this machine as it was: compare them within one run, never across machines.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BENCHES = {
    "ingestion": ["-m", "tests.benchmark.ingestion"],  # a minute; with --vectors, some more
    "retrieval": ["-m", "tests.benchmark.retrieval"],  # ingests the whole corpus the first time: some minutes
    "retrieval_calibration": ["-m", "tests.benchmark.retrieval_calibration"],
    "retrieval_copies": ["-m", "tests.benchmark.retrieval_copies"],
    "retrieval_highlights": ["-m", "tests.benchmark.retrieval_highlights"],  # three minutes
    "retrieval_paraphrases": ["-m", "tests.benchmark.retrieval_paraphrases"],  # nine minutes
    "strangers": ["-m", "tests.benchmark.strangers"],  # what is said of a claim whose source is not there: six minutes
    "retrieval_unseen": ["-m", "tests.benchmark.retrieval_unseen"],  # a minute
    "encoder": ["-m", "tests.benchmark.encoder"],  # with --recall, half an hour the first time
    "scale": ["-m", "tests.benchmark.scale"],  # makes a million passages the first time, which are kept: ten minutes
    "service": ["-m", "tests.benchmark.service"],  # on the corpora of "scale"; with --count 60, some minutes
    "load": ["-m", "tests.benchmark.load"],  # at saturation and beyond, on the corpus of `make demo`; three minutes
    "desk": ["-m", "tests.benchmark.desk"],  # long articles against long releases as jobs: a minute
    "postgres": ["-m", "tests.benchmark.postgres"],  # starts a server, and copies the corpus of "retrieval" into it
    "pipeline": ["-m", "tests.benchmark.pipeline"],
    "comparison": ["-m", "tests.benchmark.comparison"],
    "figures": ["tests/benchmark/figures.py"],
    "figures_blind": ["tests/benchmark/figures_blind.py"],
    "devsets": ["tests/benchmark/devsets.py"],
    "devsets_dates": ["tests/benchmark/devsets_dates.py"],
    "perturbations": ["tests/benchmark/perturbations.py", "--pairs", "4000", "--half", "held-out"],
    "planted": ["-m", "tests.benchmark.planted"],  # wrong figures and dates in whole checks: four minutes
    "restraint": ["tests/benchmark/restraint.py", "--half", "held-out", "--claims", "2000"],
    "extension": ["-m", "tests.benchmark.extension"],  # a real browser: a quiet machine
    "gate": ["-m", "tests.gate", "seed", "dev"],
}


def main() -> None:
    options = next((place for place, word in enumerate(sys.argv) if word.startswith("--")), len(sys.argv))
    names = sys.argv[1:options] or list(BENCHES)
    if options < len(sys.argv) and len(names) == 1:
        BENCHES[names[0]] += sys.argv[options:]  # of the one bench that is named
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        sys.exit(f"no bench {unknown[0]!r}: there are {', '.join(BENCHES)}")
    (HERE / "results").mkdir(exist_ok=True)
    failed = [name for name in names if not run(name)]
    if failed:
        sys.exit(f"below a floor, or broken: {', '.join(failed)}")


def run(name: str) -> bool:
    print(f"\n== {name}", flush=True)
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests"), str(ROOT / "backend"), str(ROOT / "embeddings")])
    with subprocess.Popen(
        [sys.executable, *BENCHES[name]],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        text=True,
    ) as bench:
        lines = []
        for line in bench.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    (HERE / "results" / f"{name}.txt").write_text("".join(lines), "utf-8")
    return bench.returncode == 0


if __name__ == "__main__":
    main()
