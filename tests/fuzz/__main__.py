"""`python -m tests.fuzz [TARGET...] --seconds N`: the long run, guided by coverage where Atheris is installed.

What breaks a target is written to `tests/fuzz/cases/TARGET/`, where `make test` finds it from then on. Each target runs
in a process of its own, one after the other, because the fuzzer ends its process.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

SLOW_SECONDS = 4.0  # of processor time for one input of some thousand bytes; only the long run looks at a clock
KEPT = Path("build") / "fuzz"  # inputs that reached new lines: where the next run goes on


def main() -> int:
    """Run what the command line asks for."""
    given = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    given.add_argument("targets", nargs="*", help="all of them unless given")
    given.add_argument("--seconds", type=int, default=600, help="for each target")
    given.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = given.parse_args()
    guided = importlib.util.find_spec("atheris") is not None
    if asked.inside:
        return run_guided(asked.targets[0], asked.seconds) if guided else run_by_chance(asked.targets[0], asked.seconds)
    if not guided:
        print("Atheris is not installed: inputs are changed by chance alone, and no coverage guides them")
    broken = 0
    for name in asked.targets or names():
        print(f"== {name}: {asked.seconds} s", flush=True)
        command = [sys.executable, "-m", "tests.fuzz", name, "--inside", "--seconds", str(asked.seconds)]
        broken += subprocess.run(command, check=False).returncode != 0
    return 1 if broken else 0


def names() -> list[str]:
    """Return the names of all targets."""
    from tests.fuzz.targets import TARGETS

    return list(TARGETS)


def watched(name: str) -> Callable[[bytes], None]:
    """Return a target that keeps the input which breaks it, or takes far longer than inputs of its size do."""
    from tests.fuzz.targets import CASES, TARGETS

    act = TARGETS[name].act

    def watch(raw: bytes) -> None:
        began = time.process_time()
        try:
            act(raw)
        except Exception:
            keep(CASES / name, "", raw)
            raise
        if time.process_time() - began > SLOW_SECONDS:
            keep(CASES / name, "slow-", raw)
            raise TimeoutError(f"{len(raw)} bytes took {time.process_time() - began:.1f} s")

    return watch


def keep(folder: Path, kind: str, raw: bytes) -> None:
    """Write an input where the tests find it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{kind}{hashlib.sha256(raw).hexdigest()[:12]}").write_bytes(raw)


def run_guided(name: str, seconds: int) -> int:
    """Let Atheris look for inputs that reach new lines."""
    import atheris

    with atheris.instrument_imports(include=["headwater"]):
        from tests.fuzz.mutating import mutate
        from tests.fuzz.targets import TARGETS, cases_of

        watch = watched(name)
    target = TARGETS[name]
    corpus = KEPT / name
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = [*target.seeds(), *(case.read_bytes() for case in cases_of(name))]
    for seed in seeds:
        keep(corpus, "", seed)

    def changed(raw: bytes, longest: int, seed: int) -> bytes:
        chance = Random(seed)
        if chance.random() < 0.4:
            return atheris.Mutate(raw, longest)  # type: ignore[no-any-return]
        return mutate(raw, seeds, target.words, chance)[:longest]

    options = [
        f"-max_total_time={seconds}",
        "-max_len=6000",
        "-timeout=60",
        "-rss_limit_mb=6000",
        f"-artifact_prefix={corpus}/",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], watch, custom_mutator=changed)
    atheris.Fuzz()
    return 0


def run_by_chance(name: str, seconds: int) -> int:
    """Change the seeds by chance until the time is over."""
    from tests.fuzz.mutating import mutate
    from tests.fuzz.targets import TARGETS

    watch, target, chance = watched(name), TARGETS[name], Random(time.time_ns())
    seeds, tried, until = list(target.seeds()), 0, time.monotonic() + seconds
    while time.monotonic() < until:
        watch(mutate(chance.choice(seeds), seeds, target.words, chance))
        tried += 1
    print(f"{name}: {tried} inputs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
