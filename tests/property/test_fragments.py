"""Fragments of invented pages, read back by a matcher that knows nothing of how they were made."""

import re
from itertools import pairwise
from urllib.parse import unquote

from hypothesis import example, given
from hypothesis import strategies as st

from headwater.text.fragments import DIRECTIVE, LONGEST, PageWords, fold_words

WORDS = st.sampled_from(
    ["the", "The", "boats", "3", "13", "£75", "co-operation,", "a&b", "“said”", "1.", "née", "x-", "-", "1,000", "%20"]
)
BLOCKS = st.lists(st.lists(WORDS, min_size=1, max_size=30).map(" ".join), min_size=1, max_size=12)
ANY_BLOCKS = st.lists(st.text(max_size=60).filter(str.strip), min_size=1, max_size=5)
DIRECTIVES = re.compile(r"(?:(?P<prefix>[^,]*)-,)?(?P<start>[^,-]+)(?:,(?P<end>[^,-]+))?(?:,-(?P<suffix>[^,-]+))?")


def parse(encoded: str) -> dict[str, str]:
    read = DIRECTIVES.fullmatch(encoded.removeprefix(DIRECTIVE))
    assert read is not None
    return {name: unquote(part) for name, part in read.groupdict(default="").items()}


def places(parts: dict[str, str], blocks: list[str]) -> list[int]:
    """The blocks in which a browser finds the start with what stands around it."""
    found = []
    words = [fold_words(block.split()) for block in blocks]
    prefix, start, suffix = (fold_words(parts[name].split()) for name in ("prefix", "start", "suffix"))
    around = [("", words[0]), *pairwise(words)]
    for number, (before, block) in enumerate(around):
        after = words[number + 1] if number + 1 < len(words) else ""
        for match in re.finditer(rf"(?<![^\W_]){re.escape(start)}(?![^\W_])|^{re.escape(start)}$", block):
            left = block[: match.start()].rstrip() or before
            right = block[match.end() :].lstrip() or after
            if left.endswith(prefix) and right.startswith(suffix):
                found.append(number)
    return found


@given(BLOCKS, st.data())
@example(["the", "the", "the"], None)
def test_a_fragment_names_its_block_and_no_other(blocks: list[str], data: st.DataObject | None) -> None:
    place = data.draw(st.integers(0, len(blocks) - 1)) if data else 1
    fragment = PageWords(blocks).find_fragment(place, place)
    if fragment is None:
        return
    assert len(fragment) <= LONGEST
    parts = parse(fragment.encode())
    assert parts == {name: getattr(fragment, name) for name in parts}
    assert places(parts, blocks) == [place]
    assert parts["end"] in " ".join(blocks[place].split())


@given(ANY_BLOCKS, st.booleans())
def test_any_text_is_borne(blocks: list[str], is_repeated: bool) -> None:
    page = PageWords(blocks, beside=["title"])
    for place, block in enumerate(blocks):
        fragment = page.find_fragment(place, place, is_repeated=is_repeated)
        if fragment is not None:
            assert len(fragment) <= LONGEST
            assert fragment.start in " ".join(block.split())


@given(st.lists(WORDS, min_size=1, max_size=60).map(" ".join))
def test_a_lone_passage_always_has_a_fragment(text: str) -> None:
    fragment = PageWords([text]).find_fragment(0, 0)
    words = text.split()
    assert fragment is None or text.startswith(fragment.start) or words[0] in {"1.", "3"}
