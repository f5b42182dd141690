"""Programs that say what they have stored once it is stored, and are killed in the middle of the step after."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

from faults.serving import environment

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "2"))  # `make faults` asks for more
LONGEST_STEP = 0.012  # seconds: about as long as a transaction, so that kills fall before, into and after it

# What every program begins with: a corpus that says what it has stored.
TELLING = """
import sys
from pathlib import Path
from headwater.corpus.store import CorpusStore
from headwater_embeddings.hashing import HashingEncoder

def say(*words):
    print(*words, flush=True)

class Telling(CorpusStore):
    def add_documents(self, records):
        outcome = super().add_documents(records)
        say("stored", *(record.url for record in records))
        return outcome
    def put_vectors(self, model, ids, matrix):
        new = super().put_vectors(model, ids, matrix)
        say("encoded", model, *ids)
        return new
"""


def killed(program: str, arguments: Sequence[str], chance: random.Random, most: int) -> tuple[list[list[str]], bool]:
    """Run a program, kill it some time after one of its first lines, and return its lines and whether it had ended.

    Args:
        program: Says "ready", and then a line for each thing that it has stored.
        arguments: For it.
        chance: Chooses the instant.
        most: Lines that are waited for, at most.
    """
    wanted, later = chance.randrange(1, most + 1), chance.uniform(0, LONGEST_STEP)
    command = [sys.executable, "-c", program, *arguments]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        said: list[str] = []
        while len(said) < wanted and (line := process.stdout.readline()):
            said.append(line)
        time.sleep(later)  # the instant is what is tried, and any will do
        process.send_signal(signal.SIGKILL)
        said += process.stdout.read().splitlines(keepends=True)
        has_ended = process.wait(60) != -signal.SIGKILL
    return [line.split() for line in said if line.endswith("\n")], has_ended
