"""The web as the browsers see it: fixture pages, and the seed article as a news site would show it."""

from __future__ import annotations

import html
import http.server
import threading
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

PAGES = Path(__file__).parent / "pages"
ARTICLE = (Path(__file__).parents[2] / "fixtures" / "seed" / "article.txt").read_text("utf-8")
TITLE = "UK to sign agreements against people smuggling"
STRICT = "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"


def seed_page(edits: dict[str, str] | None = None) -> str:
    """The seed article in the markup of a news page, headline and furniture around it.

    Args:
        edits: Words of the article, and what stands there instead.
    """
    text = ARTICLE
    for old, new in (edits or {}).items():
        assert old in text, old
        text = text.replace(old, new)
    blocks = (
        f"<{tag}>{html.escape(line, quote=False)}</{tag}>"
        for line in text.splitlines()
        for tag in ["h2" if line.endswith("?") else "p"]
    )
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{TITLE}</title>'
        '<meta property="article:published_time" content="2024-11-08T06:00:00Z"></head>'
        f"<body><nav><a href=/>Home</a> <a href=/uk>UK news</a></nav><main><h1>{TITLE}</h1>"
        f"<article>{''.join(blocks)}</article></main><footer>All rights reserved</footer></body></html>"
    )


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the folder, the seed article at /seed (edited by ?old=new), and a strict policy for `?csp`."""

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        if "csp" in parse_qs(urlsplit(self.path).query, keep_blank_values=True):
            self.send_header("Content-Security-Policy", STRICT)
        super().end_headers()

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if asked.path != "/seed":
            super().do_GET()
            return
        edits = {old: new[0] for old, new in parse_qs(asked.query).items() if old != "csp"}
        body = seed_page(edits).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Site:
    """A server of pages in a thread of its own."""

    def __init__(self) -> None:
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(PAGES)))
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def url(self, path: str, host: str = "news.test") -> str:
        return f"http://{host}:{self.server.server_port}/{path}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
