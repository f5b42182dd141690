"""Work beside the searches ends before the program does."""

import subprocess
import sys
import threading

from headwater.retrieval.beside import start_beside

ENDLESS = """
import numpy
from headwater.retrieval.beside import start_beside

def act(ending):
    print("begun", flush=True)
    while not ending.is_set():
        numpy.sort(numpy.random.default_rng(1).random(200_000))
    print("ended", flush=True)

start_beside(act, "endless")
print("left", flush=True)
"""


def test_a_program_that_has_answered_leaves_as_it_should() -> None:
    program = f"import sys; sys.path[:0] = {sys.path!r}\n{ENDLESS}"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert sorted(ran.stdout.split()) == ["begun", "ended", "left"]


def test_what_has_ended_is_waited_for_no_more() -> None:
    seen: list[bool] = []
    thread = start_beside(lambda ending: seen.append(ending.is_set()), "short")
    thread.join(60)
    assert seen == [False]
    assert not thread.is_alive()
    assert threading.current_thread() is not thread
