"""The plain way as a service, for the bench beside Headwater's: `python -m tests.benchmark.service_plain FILE`.

sentence-transformers on torch, numpy over all vectors in float32, FTS5 with all words, ranks fused; answers are the
passages as JSON, one thread a connection. Nothing is compared: it does less than a check.
"""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
from tests.benchmark.scale import CANDIDATES, RRF_K, SHOWN

from headwater.corpus.store import CorpusStore
from headwater.retrieval.words import split_words
from headwater_embeddings.registry import load_encoder


class Plain:
    """The search.

    Args:
        database: The corpus, embedded.
    """

    def __init__(self, database: Path) -> None:
        self._encoder = load_encoder("minilm-torch")
        self._store = CorpusStore(database)
        model = next(iter(self._store.stored_models()))
        self._ids, self._vectors = self._store.vectors(model)

    def answer(self, text: str) -> list[dict[str, str]]:
        cosines = self._vectors @ self._encoder.encode([text])[0]
        near = np.argpartition(-cosines, CANDIDATES)[:CANDIDATES]
        near = self._ids[near[np.argsort(-cosines[near])]]
        named = [one for one, _ in self._store.lexical_search(split_words(text), CANDIDATES)]
        points: dict[int, float] = {}
        for ranking in (near.tolist(), named):
            for rank, one in enumerate(ranking, 1):
                points[one] = points.get(one, 0) + 1 / (RRF_K + rank)
        found = self._store.passages(sorted(points, key=lambda one: -points[one])[:SHOWN]).values()
        return [{"text": one.text, "url": one.document.url, "title": one.document.title} for one in found]


def main() -> None:
    plain = Plain(Path(sys.argv[1]))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = json.dumps(plain.answer(json.loads(body)["text"])).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

    server = Server(("127.0.0.1", 0), Handler)
    print(f"Headwater listens on http://127.0.0.1:{server.server_address[1]}/", file=sys.stderr, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
