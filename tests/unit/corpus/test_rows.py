import pytest

from corpus_factories import make_record
from headwater.corpus.rows import storable_record
from headwater.corpus.store import CorpusStore


def test_an_ordinary_record_is_left_alone() -> None:
    record = make_record()
    assert storable_record(record) is record


@pytest.mark.parametrize("sign", ["\0", "\ud83d", "\udca9"])
def test_signs_that_no_database_holds_are_replaced_where_they_stand(store: CorpusStore, sign: str) -> None:
    text = f"It is{sign}84.\n\nThe government returned 9,400 people."
    for _ in range(2):
        store.add_documents([make_record(text=text, title=f"New{sign}deals")])
    (passage, _) = store.passages([1, 2]).values()
    assert store.counts().versions == 1
    assert passage.text == "It is\ufffd84."
    assert passage.document.title == "New\ufffddeals"
    assert passage.span.slice(store.document_text(passage.document.id)) == passage.text
    assert [number for number, _ in store.lexical_search(["returning"], 5)] == [2]
