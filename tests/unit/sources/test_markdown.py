import pytest

from headwater.sources.markdown import read_markdown

PAGE = """---
title: "New deals"
publisher: Home Office
first_published_at: 2024-11-07
nonsense: 5
---
# New deals to *smash* the gangs #

The **government** has returned [9,400 people](https://a.gov.uk/x "t")
since July, snake_case_stays and 2 * 3 * 4 too.

> We will act.
> Now.

- one \\* item
  that goes on
- two

1. first
2. second

| Year | Boats |
| --- | ---: |
| 2023 | 84 |

Underlined
----------

```
code here
```

***

End ![picture](a.png) `code`.
"""


def test_a_page() -> None:
    fields = read_markdown(PAGE)
    assert (fields["title"], fields["publisher"], fields["first_published_at"]) == (
        "New deals",
        "Home Office",
        "2024-11-07",
    )
    assert "nonsense" not in fields
    assert fields["blockquotes"] == ["We will act. Now."]
    assert fields["text"].split("\n\n") == [
        "New deals to smash the gangs",
        "The government has returned 9,400 people since July, snake_case_stays and 2 * 3 * 4 too.",
        "We will act. Now.\n- one * item that goes on\n- two\n1. first\n2. second",
        "Year | Boats\n2023 | 84",
        "Underlined",
        "code here",
        "End  code.",
    ]


def test_the_first_heading_is_the_title_where_none_is_given() -> None:
    assert read_markdown("# Deals\n\nIt fell.") == {"title": "Deals", "blockquotes": [], "text": "It fell."}


@pytest.mark.parametrize("text", ["", "---", "---\n---\n", "#", "> ", "|||", "```", "***", "[" * 50_000, "*" * 50_000])
def test_odd_files_are_read(text: str) -> None:
    assert isinstance(read_markdown(text)["text"], str)
