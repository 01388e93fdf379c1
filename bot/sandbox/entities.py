"""Formatted text: a string with message entities, measured in UTF-16 code units as Telegram does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from bot.sandbox.errors import bad_request

Entity = dict[str, object]

_TYPES = frozenset(
    [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
    ]
)
# What a client would recognise by itself. The order of alternatives matters: an address is not a mention.
_DETECTED = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,:;!?)»]|(?<![\w@/.])t\.me/[^\s<>\"]*[^\s<>\".,:;!?)»])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w@])(?P<mention>@[A-Za-z]\w{3,31})"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/])"
    r"|(?<!\w)(?P<hashtag>#\w*[^\W\d]\w*)"
)
_HTML_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "blockquote": "blockquote",
}


@dataclass(frozen=True, slots=True)
class FormattedText:
    text: str
    entities: list[Entity]


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def span(entity: Entity) -> tuple[int, int]:
    """Where an entity begins and ends, in UTF-16 code units."""
    offset, length = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length <= 0:
        raise bad_request("can't parse MessageEntity: invalid offset or length specified")
    return offset, offset + length


def checked_entities(text: str, entities: list[Entity]) -> list[Entity]:
    """Entities that the bot has given explicitly, refused when they do not fit the text."""
    size = utf16_length(text)
    for entity in entities:
        if entity.get("type") not in _TYPES:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
        begin, end = span(entity)
        if end > size:
            raise bad_request(
                f"entity beginning at UTF-16 offset {begin} ends after the end of the text "
                f"at UTF-16 offset {end}"
            )
    return entities


def finished(formatted: FormattedText) -> FormattedText:
    """Trim the text as Telegram does, and add what a client recognises by itself: links, commands."""
    text = formatted.text.strip()
    skipped = utf16_length(formatted.text[: len(formatted.text) - len(formatted.text.lstrip())])
    entities = list(_moved(formatted.entities, -skipped, utf16_length(text)))
    entities.extend(_detected(text, entities))
    entities.sort(key=lambda entity: (span(entity)[0], -span(entity)[1]))
    return FormattedText(text, entities)


def _moved(entities: list[Entity], shift: int, size: int) -> Iterator[Entity]:
    for entity in entities:
        begin, end = span(entity)
        begin, end = max(begin + shift, 0), min(end + shift, size)
        if begin < end:
            yield {**entity, "offset": begin, "length": end - begin}


def _detected(text: str, present: list[Entity]) -> Iterator[Entity]:
    taken = [span(entity) for entity in present if entity["type"] in {"code", "pre", "text_link"}]
    for match in _DETECTED.finditer(text):
        begin = utf16_length(text[: match.start()])
        end = begin + utf16_length(match.group())
        if not any(begin < other_end and other_begin < end for other_begin, other_end in taken):
            yield {"type": match.lastgroup, "offset": begin, "length": end - begin}


def to_html(text: str, entities: list[Entity]) -> str:
    """The text with its formatting written as HTML of the Bot API; what clients recognise stays plain."""
    tags: dict[int, list[str]] = {}
    formatted = [(entity, pair) for entity in entities if (pair := _tag_pair(entity))]
    for entity, (_, closing) in formatted:
        tags.setdefault(span(entity)[1], []).insert(0, closing)
    for entity, (opening, _) in formatted:
        tags.setdefault(span(entity)[0], []).append(opening)
    units = text.encode("utf-16-le", "surrogatepass")
    result, position = [], 0
    for offset in sorted(tags):
        result.append(_escaped(units, position, offset))
        result.extend(tags[offset])
        position = offset
    result.append(_escaped(units, position, len(units) // 2))
    return "".join(result)


def _escaped(units: bytes, begin: int, end: int) -> str:
    return escape(units[2 * begin : 2 * end].decode("utf-16-le", "surrogatepass"), quote=False)


def _tag_pair(entity: Entity) -> tuple[str, str] | None:
    kind = str(entity["type"])
    if kind == "text_link":
        return f'<a href="{escape(str(entity.get("url", "")))}">', "</a>"
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    if kind == "custom_emoji":
        return f'<tg-emoji emoji-id="{escape(str(entity.get("custom_emoji_id", "")))}">', "</tg-emoji>"
    if kind == "pre":
        language = entity.get("language")
        if language:
            return f'<pre><code class="language-{escape(str(language))}">', "</code></pre>"
        return "<pre>", "</pre>"
    tag = _HTML_TAGS.get(kind)
    return (f"<{tag}>", f"</{tag}>") if tag else None
