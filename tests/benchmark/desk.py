"""Measure the desk's work over real HTTP: `python -m tests.benchmark desk [--rounds 3]`.

`headwater serve` runs in a process of its own. A rewrite of 3,000 words is checked against a release of 5,000 as a job,
and its events are read as a page reads them: told is the time from sending to the first claim, and to the whole. Beside
it a light request is sent time and again: what the slowest waited is how long the page would have stood still.

The releases are real documents, cut to length; the rewrites take sentences of them in order, with figures changed in
each fifth. Results go into `results/desk.json`.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmark.service import Asked

from faults.serving import serving

ROOT = Path(__file__).parents[2]
RESULT = Path(__file__).parent / "results" / "desk.json"
RELEASES = {
    "budget": ("uk_government/govuk_content_api.jsonl.xz", "Spring Budget 2017"),
    "statistics": ("uk_parliament_and_statistics/ons_bulletins.jsonl.xz", "UK Environmental Accounts: 2015"),
    "proclamation": ("united_states/us_presidential_actions.jsonl.xz", "Adjusting Imports Of Steel Into"),
}
PROGRAM = "from headwater.cli.main import main\nmain(['serve', '--port', '0'])"  # with the model that is shipped
RELEASE_WORDS, ARTICLE_WORDS = 5_000, 3_000
EACH_CHANGED = 5  # every fifth sentence has its first figure changed
SENTENCE_END = re.compile(r"(?<=[a-z0-9%)][.!?]) (?=[A-Z])")
FIGURE = re.compile(r"\d+")
PROBE_SECONDS = 0.05


def release_of(name: str) -> str:
    """Return the first 5,000 words of a release, whole paragraphs."""
    file, title = RELEASES[name]
    with lzma.open(ROOT / "fixtures" / "corpus" / file, "rt", encoding="utf-8") as lines:
        fitting = [record["text"] for record in map(json.loads, lines) if record["title"].startswith(title)]
    text = max(fitting, key=len)
    return cut(text.split("\n"), RELEASE_WORDS, "\n")


def article_of(release: str) -> str:
    """Return a rewrite of 3,000 words: three sentences of five, in order, some with another figure."""
    sentences = [one for line in release.split("\n") for one in SENTENCE_END.split(line) if len(one.split()) > 5]
    kept = [one for number, one in enumerate(sentences) if number % 5 not in {1, 3}] + sentences[1::5]
    changed = [
        FIGURE.sub(lambda found: str(int(found[0]) + 1), one, count=1) if number % EACH_CHANGED == 0 else one
        for number, one in enumerate(kept)
    ]
    return cut([" ".join(changed[at : at + 3]) for at in range(0, len(changed), 3)], ARTICLE_WORDS, "\n\n")


def cut(parts: list[str], words: int, mark: str) -> str:
    """Return the first parts of a text, up to so many words."""
    kept, count = [], 0
    for part in parts:
        if count >= words:
            break
        kept.append(part)
        count += len(part.split())
    return mark.join(kept)


def events(connection: HTTPConnection, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the events of a check as they come."""
    connection.request("GET", f"{where}/events")
    answer = connection.getresponse()
    name = ""
    for line in answer:
        if line.startswith(b"event: "):
            name = line[7:].strip().decode()
        elif line.startswith(b"data: "):
            yield name, json.loads(line[6:])
            if name != "claims":
                return


class Probe:
    """Asks something light time and again, and keeps how long the slowest answer took."""

    def __init__(self, asked: Asked) -> None:
        self._asked, self._stop, self.slowest = asked, threading.Event(), 0.0
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Probe:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        connection = self._asked.connect()
        while not self._stop.wait(PROBE_SECONDS):
            began = time.perf_counter()
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            self.slowest = max(self.slowest, time.perf_counter() - began)
        connection.close()


def check(asked: Asked, article: str, release: str) -> dict[str, float]:
    """Check once, and return the times."""
    body = json.dumps({"article": {"text": article}, "source": {"text": release}}).encode()
    connection, spent = asked.connect(), asked.cpu()
    with Probe(asked) as probe:
        began = time.perf_counter()
        connection.request("POST", "/v1/checks", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        told = json.loads(answer.read())
        first, first_cpu, claims = 0.0, 0.0, 0
        for name, event in events(connection, f"/v1/checks/{told['id']}"):
            if name == "claims" and event["claims"] and not claims:
                first, first_cpu = time.perf_counter() - began, asked.cpu() - spent
            claims += len(event.get("claims", ()))
            if name not in {"claims", "done"}:
                raise RuntimeError(f"the check ended as {name}: {event}")
        whole = time.perf_counter() - began
    connection.close()
    return {
        "first_claim_seconds": round(first, 3),
        "first_claim_cpu_seconds": round(first_cpu, 2),  # over the cores: what a machine at rest takes lies below
        "whole_seconds": round(whole, 3),
        "cpu_seconds": round(asked.cpu() - spent, 2),
        "slowest_light_answer_seconds": round(probe.slowest, 3),
        "claims": claims,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "corpus.sqlite3", PROGRAM) as service,
    ):
        asked = Asked(service.process, service.address)
        results = {name: measure(asked, name, rounds) for name in RELEASES}
    RESULT.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


def measure(asked: Asked, name: str, rounds: int) -> dict[str, Any]:
    """Check one pair time and again, and print the medians."""
    release = release_of(name)
    article = article_of(release)
    # Each round's words are new, so that no vector is remembered; the official text's are after the first.
    runs = [check(asked, f"{article} ({number})", f"{release} ({number})") for number in range(rounds)]
    told = {key: median(run[key] for run in runs) for key in runs[0]}
    words = {"article_words": len(article.split()), "release_words": len(release.split())}
    print(
        f"{name:13} {words['article_words']:,} words against {words['release_words']:,}, {told['claims']} claims:"
        f" first {told['first_claim_seconds']:.2f} s (unknown texts {runs[0]['first_claim_seconds']:.2f} s, of which"
        f" processor {runs[0]['first_claim_cpu_seconds']:.2f} s over all cores),"
        f" whole {told['whole_seconds']:.2f} s, processor {told['cpu_seconds']:.1f} s,"
        f" slowest light answer {told['slowest_light_answer_seconds'] * 1000:.0f} ms",
        flush=True,
    )
    return {**words, **told, "unknown_texts": runs[0]}


if __name__ == "__main__":
    main()
