"""The seed pair in the forms it comes in: as text, as a web page, hard-wrapped; labels found again in each.

A web page is read by the product's own reader of pages. Markup is as news sites and GOV.UK write it: links and emphasis
inside sentences, entities, no-break spaces, and a site around the words.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from tests.gate.gold import GoldPair

from headwater.domain.spans import Span
from headwater.sources.html import read_html
from headwater.text.normalise import normalise

LONGEST_WRAPPED = 100  # characters: no line of a wrapped text is longer
SENTENCE_END = (".", "”", "!", ":", "’")
ENTITIES = {"£": "&pound;", "’": "&rsquo;", "‘": "&lsquo;", "“": "&ldquo;", "”": "&rdquo;", "–": "&ndash;"}
EMPHASISED = re.compile(r"\b(Western Balkans|North Macedonia|Border Security Command|Europol|Prime Minister)\b")
SPACED_NUMBER = re.compile(r"(?<=\d) (?=million|people)|(?<=£\d\d) ")

SITE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title} | The Example</title>
<link rel="canonical" href="{url}"><meta property="og:title" content="{title}">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2024-11-08"}}</script>
<style>.story p {{ max-width: 38em }}</style></head>
<body>
<a class="skip-link" href="#main">Skip to content</a>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/politics">Politics: 250,000 readers</a></li></ul></nav>
</header>
<div class="cookie-banner">We use 14 cookies. <button>Accept</button></div>
<main id="main"><article class="story">
<h1>{title}</h1>
<figure><img src="/i/1.jpg" alt="A boat with 60 people"><figcaption>A boat with 60 people in 2019</figcaption></figure>
{body}
<div class="share-links"><a href="#">Share</a> <a href="#">1,204 comments</a></div>
<aside class="related"><h2>Related</h2><p>Channel crossings rose by 12% in 2023.</p></aside>
</article></main>
<footer><p>&copy; 2024 The Example. All 9,400 rights reserved.</p></footer>
<script>var readers = 31000;</script>
</body></html>
"""


@dataclass(frozen=True)
class Form:
    """One form of a pair: how the article and the release are written."""

    name: str
    article: Callable[[str], str]
    release: Callable[[str], str]


def as_page(text: str) -> str:
    """Write a text as a web page: one paragraph a line, headings told by their missing full stop."""
    body = "\n".join(map(_block, paragraphs(text)))
    return SITE.format(title="A story of the day", url="https://news.example/story", body=body)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text as they came in, damage included; wrapped lines joined."""
    lines = text.split("\n")
    is_wrapped = max(map(len, lines)) < LONGEST_WRAPPED
    return [line for line in (normalise(text).text.split("\n") if is_wrapped else lines) if line.strip()]


def _block(line: str) -> str:
    words = line.replace("&", "&amp;").replace("<", "&lt;")
    words = SPACED_NUMBER.sub("&nbsp;", words)
    for character, entity in ENTITIES.items():
        words = words.replace(character, entity)
    words = EMPHASISED.sub(r'<a href="/tag/\1"><em>\1</em></a>', words, count=1)
    if not line.rstrip().endswith(SENTENCE_END):
        return f"<h2>{words}</h2>"
    inner = "\n    ".join(textwrap.wrap(words, 100, break_long_words=False, break_on_hyphens=False))
    return f"<!-- paragraph --><p class='body'>\n    {inner}\n</p>"


def through_page(text: str) -> str:
    """Return the text that the product reads from a page of it, without the page's own headline."""
    return str(read_html(as_page(text))["text"]).removeprefix("A story of the day").lstrip()


def wrapped(width: int, between: str = "\n\n") -> Callable[[str], str]:
    """Wrap every paragraph at a width; the release came in with a mere line feed between paragraphs."""

    def wrap(text: str) -> str:
        return between.join(
            textwrap.fill(one, width, break_long_words=False, break_on_hyphens=False) for one in paragraphs(text)
        )

    return wrap


def unchanged(text: str) -> str:
    return text


FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        Form("text", unchanged, unchanged),
        Form("page", through_page, through_page),
        Form("wrapped at 65", wrapped(65), wrapped(65)),
        Form("wrapped at 72", wrapped(72), wrapped(72)),
        Form("wrapped at 65, no blank lines", wrapped(65, "\n"), wrapped(65, "\n")),
        Form("wrapped at 72, no blank lines", wrapped(72, "\n"), wrapped(72, "\n")),
    )
}


def in_form(pair: GoldPair, form: Form) -> GoldPair:
    """Write a pair in a form, with every label where its words now stand."""
    article, release = form.article(pair.article), form.release(pair.release)
    claims = find_all(article, [claim.text for claim in pair.claims])
    passages = find_all(release, [passage.text for passage in pair.passages.values()])
    return replace(
        pair,
        article=article,
        release=release,
        claims=tuple(replace(claim, span=span) for claim, span in zip(pair.claims, claims, strict=True)),
        passages={
            name: replace(passage, span=span)
            for (name, passage), span in zip(pair.passages.items(), passages, strict=True)
        },
    )


def find_all(text: str, parts: Sequence[str]) -> list[Span]:
    """Find parts in their order, however white space, mended characters and the pound sign are now written."""
    found, at = [], 0
    for part in parts:
        match = loosely(part).search(text, at) or loosely(part).search(text)
        if match is None:
            raise LookupError(f"not in this form: {part[:60]!r}")
        found.append(Span(match.start(), match.end()))
        at = match.start()
    return found


@cache
def loosely(words: str) -> re.Pattern[str]:
    """A pattern of words, as they came in or as they are read, that lets white space differ and hyphens end a line."""
    return re.compile("|".join(_pattern(form) for form in (words, normalise(words).text)))


def _pattern(words: str) -> str:
    pieces = (re.escape(piece) for piece in words.split())
    return r"\s+".join(pieces).replace("£", "(?:£|ÂŁ)").replace(r"\-", r"\-\s?")
