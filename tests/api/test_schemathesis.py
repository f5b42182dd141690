"""The whole description tried against the service: no server error, and no answer that is not described.

A share of the cases, always the same ones; CONTRACT_EXAMPLES sets how many each address gets, and with
CONTRACT_SEED they are drawn anew.
"""

import os
import subprocess
import sys
from pathlib import Path

from fastapi import FastAPI
from tests.unit.client.serving import running

from headwater.corpus.listing import ListFilters, list_documents
from headwater.corpus.store import CorpusStore

EXAMPLES = os.environ.get("CONTRACT_EXAMPLES", "5")
SEED = os.environ.get("CONTRACT_SEED", "")
LEFT_OUT = (
    "positive_data_acceptance",  # a text without a word fits the schema, and is refused; see contract_hooks.py
)
CONFIGURATION = """
[[operations]]
include-operation-id = "show_document"
parameters = {{ "path.document_id" = "{document_id}" }}
"""


def test_the_service_answers_nothing_but_what_it_describes(app: FastAPI, store: CorpusStore, tmp_path: Path) -> None:
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
