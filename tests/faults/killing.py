"""Programs that say what they have stored once it is stored, and are killed in the middle of the step after."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from faults.serving import environment

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "2"))  # `make faults` asks for more
BEGUN, ENDED = "\0begun", "\0ended"
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
# Loads what the program imports once, and runs it in a process of its own for each line of arguments. What the
# process says goes straight to whoever reads; a line that begins with a zero is the parent's.
BEGETTING = """
import ast, json, os, sys, traceback
program = json.loads(sys.stdin.readline())
imports = [node for node in ast.parse(program).body if isinstance(node, ast.Import | ast.ImportFrom)]
exec(compile(ast.Module(imports, []), "imports", "exec"), {})
for line in sys.stdin:
    child = os.fork()
    if not child:
        sys.stdin.close()
        os.write(1, b"\\0begun %d\\n" % os.getpid())
        sys.argv[1:] = json.loads(line)
        try:
            exec(compile(program, "program", "exec"), {"__name__": "__main__"})
            sys.stdout.flush()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.write(1, b"\\0ended %d\\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


class Program:
    """A program whose every run is a process of its own, which starts within milliseconds."""

    def __init__(self, parent: subprocess.Popen[str]) -> None:
        self._parent = parent

    def run(self, arguments: Sequence[str], chance: random.Random, most: int) -> tuple[list[list[str]], bool]:
        """Run it, kill it some time after one of its first lines, and return its lines and whether it had ended.

        Args:
            arguments: For it.
            chance: Chooses the instant.
            most: Lines that are waited for, at most.
        """
        wanted, later = chance.randrange(1, most + 1), chance.uniform(0, LONGEST_STEP)
        process, said = self._begun(arguments), []
        while len(said) < wanted and ENDED not in (line := self._line()):
            said.append(line)
        if len(said) == wanted:
            time.sleep(later)  # the instant is what is tried, and any will do
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            line = self._line()
        return self._rest(said, line)

    def run_whole(self, arguments: Sequence[str]) -> list[list[str]]:
        """Run it to its end, and return its lines."""
        self._begun(arguments)
        said, has_ended = self._rest([], self._line())
        assert has_ended
        return said

    def _begun(self, arguments: Sequence[str]) -> int:
        given = self._parent.stdin
        assert given is not None
        given.write(json.dumps(list(arguments)) + "\n")
        given.flush()
        begun, process = self._line().split()
        assert begun == BEGUN
        assert self._line() == "ready\n"
        return int(process)

    def _rest(self, said: list[str], line: str) -> tuple[list[list[str]], bool]:
        while ENDED not in line:  # what is before it is half a line
            said.append(line)
            line = self._line()
        status = int(line.rpartition(" ")[2])
        assert status in {0, -signal.SIGKILL}, status
        return [one.split() for one in said], status == 0

    def _line(self) -> str:
        told = self._parent.stdout
        assert told is not None
        line = told.readline()
        assert line, "the program's parent has ended"
        return line


@contextmanager
def loaded(program: str) -> Iterator[Program]:
    """Load a program, and end what is left of it with the block.

    Args:
        program: Says "ready", and then a line for each thing that it has stored.
    """
    command = [sys.executable, "-c", BEGETTING]
    with subprocess.Popen(
        command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdin is not None
        parent.stdin.write(json.dumps(program) + "\n")
        parent.stdin.flush()
        try:
            yield Program(parent)
        finally:
            parent.stdin.close()
            parent.wait(60)
