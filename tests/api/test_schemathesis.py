"""The whole description tried against the service: no server error, and no answer that is not described.

A share of the cases, always the same ones; CONTRACT_EXAMPLES sets how many each address gets, and with
CONTRACT_SEED they are drawn anew.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.unit.client.serving import running

from fakes import MODEL, FakeChecker
from headwater.api.app import create_app
from headwater.corpus.listing import ListFilters, list_documents
from headwater.corpus.store import CorpusStore
from headwater.settings import Settings
from headwater.sources.fetching.contract import Fetched
from headwater.sources.fetching.errors import FetchRefusedError, Refusal

EXAMPLES = os.environ.get("CONTRACT_EXAMPLES", "5")
SEED = os.environ.get("CONTRACT_SEED", "")
LEFT_OUT = (
    "positive_data_acceptance",  # a text without a word fits the schema, and is refused; see contract_hooks.py
)
CONFIGURATION = """
[[operations]]
include-operation-id = "show_document"
parameters = {{ "path.document_id" = "{document_id}" }}

[[operations]]
include-operation-id = "delete_document"
parameters = {{ "path.document_id" = "0123456789abcdef" }}
"""


class NoNetwork:
    """Fetches nothing: addresses of examples are official ones, and would be fetched where there is a network."""

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        del etag, last_modified
        raise FetchRefusedError(url, Refusal.HOST, "nothing is fetched here")

    def close(self) -> None: ...


def test_the_service_answers_nothing_but_what_it_describes(
    checker: FakeChecker, store: CorpusStore, settings: Settings, tmp_path: Path
) -> None:
    app = create_app(checker, store, settings, model_id=MODEL, open_fetching=NoNetwork)
    [document] = list_documents(store, ListFilters(), None, 1).documents
    (tmp_path / "schemathesis.toml").write_text(CONFIGURATION.format(document_id=document.id), "utf-8")
    drawn = ["--seed", SEED] if SEED else ["--generation-deterministic"]
    with running(app) as address:
        ended = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "run", f"{address}/openapi.json"),
                *("--max-examples", EXAMPLES, *drawn, "--request-timeout", "120", "--no-color"),
                *("--exclude-checks", ",".join(LEFT_OUT), "--suppress-health-check", "all"),
            ],
            cwd=tmp_path,
            env={**os.environ, "SCHEMATHESIS_HOOKS": str(Path(__file__).with_name("contract_hooks.py"))},
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 0, ended.stdout[-8_000:] + ended.stderr[-2_000:]
    assert "Failures" not in ended.stdout
