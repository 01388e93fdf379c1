"""`parse_mode=HTML`: a reading of Telegram's own parser (tdlib, `do_parse_html`), with its complaints."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.sandbox.entities import Entity, FormattedText, utf16_length
from bot.sandbox.errors import ApiError, bad_request

_SIMPLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = frozenset({*_SIMPLE_TAGS, "a", "code", "pre", "tg-emoji", "blockquote"})
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9A-Fa-f]+)|#(?P<decimal>[0-9]+)|(?P<name>[A-Za-z]+));?")
_PLAIN = re.compile(r"[^<&]+")
_TAG_NAME = re.compile(r"[^\s>]*")
_SPACES = re.compile(r"\s*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_LINK = re.compile(r"(?:https?|tg|ftp|tonsite)://\S+|mailto:\S+|tel:\S+", re.IGNORECASE)
_BARE_LINK = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?")
_USER_LINK = re.compile(r"tg://user\?id=(\d+)")


@dataclass(slots=True)
class _OpenTag:
    name: str
    argument: str
    offset: int  # in UTF-16 code units of the result
    piece: int  # how many pieces of the result stood before it


def parse_html(source: str) -> FormattedText:
    return _Parser(source).parse()


def unescaped(text: str) -> str:
    return _REFERENCE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    if match["name"]:
        return _NAMED.get(match["name"], match.group())
    code = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
    if code == 0 or code >= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return match.group()
    return chr(code)


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._position = 0
        self._pieces: list[str] = []
        self._offset = 0
        self._open: list[_OpenTag] = []
        self._entities: list[Entity] = []

    def parse(self) -> FormattedText:
        while self._position < len(self._source):
            character = self._source[self._position]
            if character == "<":
                self._tag()
            elif character == "&":
                self._reference()
            else:
                self._append(self._take(_PLAIN))
        if self._open:
            raise _unparsed(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        return FormattedText("".join(self._pieces), self._entities)

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self._offset += utf16_length(piece)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._source, self._position)
        if match is None:
            return ""
        self._position = match.end()
        return match.group()

    def _next(self) -> str:
        return self._source[self._position : self._position + 1]

    def _reference(self) -> None:
        match = _REFERENCE.match(self._source, self._position)
        text = _character(match) if match else "&"
        # What is not a reference after all stays as it was written, beginning with the ampersand.
        known = match is not None and text != match.group()
        self._position = match.end() if match and known else self._position + 1
        self._append(text if known else "&")

    def _bytes_before(self, position: int) -> int:
        return len(self._source[:position].encode("utf-8", "surrogatepass"))

    def _tag(self) -> None:
        begin = self._position
        self._position += 1
        if self._next() == "/":
            self._position += 1
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        at = f"at byte offset {self._bytes_before(begin)}"
        name = self._take(_TAG_NAME).lower()
        if not self._next():
            raise _unparsed(f"Unclosed start tag {at}")
        if name not in _TAGS:
            raise _unparsed(f'Unsupported start tag "{name}" {at}')
        argument = ""
        while True:
            self._take(_SPACES)
            if self._next() == ">":
                break
            attribute, value = self._attribute(name, at)
            argument = _argument(name, attribute, value) or argument
        self._position += 1
        if name == "span" and argument != "spoiler":
            raise _unparsed(f'Tag "span" must have class "tg-spoiler" {at}')
        self._open.append(_OpenTag(name, argument, self._offset, len(self._pieces)))

    def _attribute(self, tag: str, at: str) -> tuple[str, str]:
        attribute = self._take(_ATTRIBUTE_NAME)
        if not self._next():
            raise _unparsed(f"Unclosed start tag {at}")
        if not attribute:
            raise _unparsed(f'Empty attribute name in the tag "{tag}" {at}')
        self._take(_SPACES)
        value = ""
        if self._next() == "=":
            self._position += 1
            self._take(_SPACES)
            value = self._attribute_value()
        if not self._next():
            raise _unparsed(f"Unclosed start tag {at}")
        return attribute, value

    def _attribute_value(self) -> str:
        begin = self._position
        quote = self._next()
        if quote not in {'"', "'"}:
            value = self._take(_NAME_TOKEN).lower()
            if self._next() and not self._next().isspace() and self._next() != ">":
                raise _unparsed(f"Unexpected end of name token at byte offset {self._bytes_before(begin)}")
            return value
        end = self._source.find(quote, begin + 1)
        self._position = end + 1 if end >= 0 else len(self._source)
        return unescaped(self._source[begin + 1 : end if end >= 0 else None])

    def _end_tag(self, begin: int) -> None:
        at = f"at byte offset {self._bytes_before(begin)}"
        if not self._open:
            raise _unparsed(f"Unexpected end tag {at}")
        name = self._take(_TAG_NAME).lower()
        self._take(_SPACES)
        if self._next() != ">":
            raise _unparsed(f"Unclosed end tag {at}")
        self._position += 1
        tag = self._open.pop()
        if name and name != tag.name:
            raise _unparsed(f'Unmatched end tag {at}, expected "</{tag.name}>", found "</{name}>"')
        if self._offset > tag.offset:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        where: Entity = {"offset": tag.offset, "length": self._offset - tag.offset}
        if tag.name in _SIMPLE_TAGS:
            self._entities.append({"type": _SIMPLE_TAGS[tag.name], **where})
        elif tag.name == "a":
            self._close_link(tag, where)
        elif tag.name == "tg-emoji":
            self._entities.append({"type": "custom_emoji", "custom_emoji_id": tag.argument, **where})
        elif tag.name == "blockquote":
            self._entities.append({"type": f"{tag.argument}blockquote", **where})
        else:
            self._close_code(tag, where)

    def _close_link(self, tag: _OpenTag, where: Entity) -> None:
        url = (tag.argument or "".join(self._pieces[tag.piece :])).strip()
        if user := _USER_LINK.fullmatch(url):
            mentioned = {"id": int(user[1]), "is_bot": False, "first_name": ""}
            self._entities.append({"type": "text_mention", "user": mentioned, **where})
        elif _LINK.fullmatch(url):
            self._entities.append({"type": "text_link", "url": url, **where})
        elif _BARE_LINK.fullmatch(url):
            self._entities.append({"type": "text_link", "url": f"http://{url}", **where})
        # Telegram drops a link that is none without a word: the text stays plain.

    def _close_code(self, tag: _OpenTag, where: Entity) -> None:
        """`<pre><code class="language-x">` is one block; the inner tag is closed first."""
        last = self._entities[-1] if self._entities else {}
        nested = tag.name == "pre" and last.get("type") == "code" and where.items() <= last.items()
        if nested and "language" in last:
            last["type"] = "pre"
        elif tag.name == "code" and tag.argument and self._open and self._open[-1].name == "pre":
            self._entities.append({"type": "code", "language": tag.argument, **where})
        else:
            self._entities.append({"type": tag.name, **where})


def _argument(tag: str, attribute: str, value: str) -> str:
    """What an attribute means for its tag; every other attribute is ignored."""
    if (tag, attribute) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, attribute) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, attribute) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    if (tag, attribute) == ("blockquote", "expandable"):
        return "expandable_"
    return ""


def _unparsed(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")
