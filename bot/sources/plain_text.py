"""Foreign texts made plain: no markup, no control characters, no phone numbers and addresses of persons."""

import re
import unicodedata
from collections.abc import Iterable
from html.parser import HTMLParser

LONGEST_SOURCE = 10_000
"""Characters of a text that are looked at. The parser's time can grow with the square of a hostile text."""

_ROUNDS = 8
"""Markup hidden in entities comes to light one layer a round; what is deeper is not a text but an attack."""

MARK = "\N{HORIZONTAL ELLIPSIS}"
"""Stands where something was left out. It is no separator: what stands around it stays apart."""

_BLOCK = re.compile(
    r"address|article|aside|blockquote|body|br|caption|center|dd|div|dl|dt|fieldset|figure|footer|form|h[1-6]|head"
    r"|header|hr|html|legend|li|main|nav|ol|option|p|pre|section|table|tbody|tfoot|thead|title|tr|ul"
)
_CELLS = frozenset({"td", "th"})
_SILENT = frozenset({"script", "style"})

# A tag that is never closed is none. Without this the parser looks for its end again and again.
_OPEN_TAG = re.compile(r"<(?=[A-Za-z/!?])(?![^<>]*>)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_MARKUP_SIGNS = str.maketrans("", "", "<>&")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_BLANK_LINES = re.compile(r"\n{3,}")

_GAP = r"[\s().\-\u2010-\u2015]{0,3}"
_CONTACTS = (
    r"(?<![\w.+\-])[\w.+\-]++(?:\s?[@\uff20]\s?|\s?[(\[]\s?at\s?[)\]]\s?)[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}",
    r"\b(?:https?://)?(?:www\.|m\.)?(?:(?:t|wa|vk|m|telegram)\.me|(?:vk|api\.whatsapp)\.com|ok\.ru)/[^\s,;]+",
    r"\b(?:mailto|tel|tg|viber|whatsapp|skype):[^\s,;]+",
    r"(?<![\w.])@[A-Za-z]\w{3,31}",
    # the Russian numbers, with and without +7 or 8; other countries' after a plus
    rf"(?<!\d)\+?[78]{_GAP}\d{{3}}(?:{_GAP}\d){{7}}(?!\d)",
    rf"\+\d{{1,3}}(?:{_GAP}\d){{8,12}}(?!\d)",
    rf"\(\d{{3,5}}\){_GAP}\d(?:{_GAP}\d){{4,6}}(?!\d)",
    r"(?<!\d)9\d{9}(?!\d)",
    r"(?<![\d-])\d{3}[ -]\d{3}[ -]\d{2}[ -]\d{2}(?![\d-])",
    # a town's own number
    r"(?=\d)(?<![\d.-])\d{1,3}-\d{2}-\d{2}(?![\d-])",
)


class PlainText:
    """Cleans texts. After one of the `phone_words` shorter rows of digits are taken for a phone number too.

    What it returns holds no tag, no control character and no lone surrogate, is no longer than the limit, and
    stays as it is when cleaned again. Nothing that is handed to it makes it raise.
    """

    def __init__(self, phone_words: Iterable[str] = ()) -> None:
        contacts = list(_CONTACTS)
        words = "|".join(re.escape(word) for word in phone_words)
        if words:
            contacts.append(rf"\b(?:{words})\b[^\w\n+]{{0,4}}\+?\d(?:{_GAP}\d){{4,11}}")
        self._contacts = [re.compile(pattern, re.IGNORECASE) for pattern in contacts]

    def lines(self, source: str, limit: int) -> str:
        """A text of several lines, of at most `limit` characters."""
        return self._clean(source, limit, "\n")

    def line(self, source: str, limit: int) -> str:
        """A text of one line, of at most `limit` characters."""
        return self._clean(source, limit, " ")

    def _clean(self, source: str, limit: int, line_end: str) -> str:
        text = source[:LONGEST_SOURCE]
        for _ in range(_ROUNDS):
            cleaned = self._without_contacts(_folded(_without_markup(text), line_end))
            cleaned = _cut(cleaned, limit)
            if cleaned == text and not _TAG.search(text):
                return text
            text = cleaned
        bare = _folded(text.translate(_MARKUP_SIGNS), line_end)
        return _cut(self._without_contacts(bare), limit)

    def _without_contacts(self, text: str) -> str:
        for contact in self._contacts:
            text = contact.sub(MARK, text)
        return text


class _TextOnly(HTMLParser):
    """Keeps the text between the tags; scripts and styles are no text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag in _SILENT
        self._space(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._space(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent = False
        self._space(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)

    def _space(self, tag: str) -> None:
        if _BLOCK.fullmatch(tag):
            self.parts.append("\n")
        elif tag in _CELLS:
            self.parts.append(" ")


def _without_markup(text: str) -> str:
    text = _OPEN_TAG.sub("", _without_controls(text))
    if "<" not in text and "&" not in text:
        return text
    parser = _TextOnly()
    try:
        parser.feed(text)
        parser.close()
    except (AssertionError, ValueError, OverflowError):
        # the parser gives up on some declarations, and on character codes of thousands of digits
        return text.translate(_MARKUP_SIGNS)
    return "".join(parser.parts)


def _without_controls(text: str) -> str:
    """Control and invisible format characters, lone surrogates and unassigned codes go; line ends stay."""
    text = _LINE_ENDS.sub("\n", text)
    if all(line.isprintable() for line in text.split("\n")):
        return text
    return "".join(sign for sign in text if sign in "\n\t" or not unicodedata.category(sign).startswith("C"))


def _folded(text: str, line_end: str) -> str:
    text = _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), _without_controls(text))
    text = _SPACES.sub(" ", text)
    if line_end != "\n":
        return " ".join(text.split())
    return _BLANK_LINES.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()


def _cut(text: str, limit: int) -> str:
    """At the last space before the limit, if one is near."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    space = max(kept.rfind(" "), kept.rfind("\n"))
    if space > limit - 40:
        kept = kept[:space]
    return kept.rstrip() + MARK
