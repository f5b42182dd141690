"""Work beside the searches, in threads that end before the program does.

A thread that is cut off in the middle of a computation takes the program down with it: a command that had answered
would leave with the code of a crash.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable

MOST_SECONDS = 10.0  # that the end of the program waits for a step of such work


def start_beside(act: Callable[[threading.Event], None], name: str) -> threading.Thread:
    """Do something in a thread of its own, which the end of the program waits for.

    Args:
        act: Is given an event that is set when the program ends, and returns soon after that.
        name: Of the thread.
    """
    ending = threading.Event()

    def run() -> None:
        try:
            act(ending)
        finally:
            atexit.unregister(end)

    def end() -> None:
        ending.set()
        thread.join(MOST_SECONDS)

    thread = threading.Thread(target=run, name=name, daemon=True)
    atexit.register(end)
    thread.start()
    return thread
