"""`parse_mode=HTML` in the sandbox, complaint by complaint."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import Entity, finished, to_html, utf16_length
from bot.sandbox.errors import ApiError
from bot.sandbox.html_text import parse_html

# Surrogates cannot be sent: they are no characters of their own.
any_text = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)
tags = st.sampled_from(["b", "i", "u", "s", "code", "tg-spoiler", "blockquote"])


def entities_of(source: str) -> list[Entity]:
    return parse_html(source).entities


def refusal_of(source: str) -> str:
    with pytest.raises(ApiError) as raised:
        parse_html(source)
    assert raised.value.code == 400
    return raised.value.description.removeprefix("Bad Request: can't parse entities: ")


@given(any_text)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    formatted = parse_html(escape(text))
    assert formatted.text == text
    assert formatted.entities == []


@given(st.lists(st.tuples(tags, any_text.filter(bool)), max_size=5))
def test_formatting_written_out_is_read_back(pieces: list[tuple[str, str]]) -> None:
    source = "".join(f"<{tag}>{escape(text, quote=False)}</{tag}>" for tag, text in pieces)
    formatted = parse_html(source)
    assert to_html(formatted.text, formatted.entities) == source


@given(any_text, any_text.filter(bool))
def test_offsets_count_utf16_code_units(before: str, bold: str) -> None:
    entities = entities_of(f"{escape(before)}<b>{escape(bold)}</b>")
    assert entities == [{"type": "bold", "offset": utf16_length(before), "length": utf16_length(bold)}]


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("а&lt;<x>y</x>", 'Unsupported start tag "x" at byte offset 6'),
        ("text<x>y</x>", 'Unsupported start tag "x" at byte offset 4'),
        ("abdo <", "Unclosed start tag at byte offset 5"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=a/b>x</a>", "Unexpected end of name token at byte offset 8"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
def test_what_cannot_be_parsed(source: str, complaint: str) -> None:
    assert refusal_of(source) == complaint


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ("<strong>ab</strong>", {"type": "bold"}),
        ("<B>ab</B>", {"type": "bold"}),
        ("<ins>ab</ins>", {"type": "underline"}),
        ("<del>ab</del>", {"type": "strikethrough"}),
        ('<span class="tg-spoiler">ab</span>', {"type": "spoiler"}),
        (
            '<a href="https://example.ru/?a=1&amp;b=2">ab</a>',
            {"type": "text_link", "url": "https://example.ru/?a=1&b=2"},
        ),
        ("<a href='example.ru'>ab</a>", {"type": "text_link", "url": "http://example.ru"}),
        ('<pre><code class="language-python">ab</code></pre>', {"type": "pre", "language": "python"}),
        ("<pre>ab</pre>", {"type": "pre"}),
        ("<blockquote expandable>ab</blockquote>", {"type": "expandable_blockquote"}),
        ('<tg-emoji emoji-id="53">ab</tg-emoji>', {"type": "custom_emoji", "custom_emoji_id": "53"}),
    ],
)
def test_tags_and_their_entities(source: str, entity: Entity) -> None:
    assert entities_of(source) == [{**entity, "offset": 0, "length": 2}]


def test_a_link_that_is_none_stays_plain_text() -> None:
    assert entities_of('<a href="nonsense">ab</a>') == []


def test_references_are_decoded_and_unknown_ones_kept() -> None:
    assert parse_html("&lt;&gt;&amp;&quot;&#1103;&#x1F600; &nbsp; & &amp;lt;").text == '<>&"я😀 &nbsp; & &lt;'


def test_text_is_trimmed_and_links_and_commands_are_recognised() -> None:
    formatted = finished(parse_html("  😀 <b>см.</b> https://example.ru/a, /help\n"))
    assert formatted.text == "😀 см. https://example.ru/a, /help"
    assert formatted.entities == [
        {"type": "bold", "offset": 3, "length": 3},
        {"type": "url", "offset": 7, "length": 20},
        {"type": "bot_command", "offset": 29, "length": 5},
    ]
