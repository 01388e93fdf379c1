"""The text or caption of a call: parsed, trimmed, measured."""

from __future__ import annotations

from bot.sandbox.chat import Payload
from bot.sandbox.entities import FormattedText, checked_entities, finished, utf16_length
from bot.sandbox.errors import bad_request
from bot.sandbox.html_text import parse_html
from bot.sandbox.parameters import Parameters

MAXIMUM_TEXT = 4096
MAXIMUM_CAPTION = 1024


def text_content(parameters: Parameters) -> Payload:
    formatted = _formatted(parameters, "text", "entities")
    if not formatted.text:
        raise bad_request("message text is empty")
    if utf16_length(formatted.text) > MAXIMUM_TEXT:
        raise bad_request("message is too long")
    content = _fields("text", "entities", formatted)
    if options := parameters.mapping("link_preview_options"):
        content["link_preview_options"] = options
    return content


def caption_content(parameters: Parameters) -> Payload:
    formatted = _formatted(parameters, "caption", "caption_entities")
    if utf16_length(formatted.text) > MAXIMUM_CAPTION:
        raise bad_request("message caption is too long")
    return _fields("caption", "caption_entities", formatted) if formatted.text else {}


def _fields(text_name: str, entities_name: str, formatted: FormattedText) -> Payload:
    content: Payload = {text_name: formatted.text}
    if formatted.entities:
        content[entities_name] = formatted.entities
    return content


def _formatted(parameters: Parameters, text_name: str, entities_name: str) -> FormattedText:
    text = parameters.string(text_name)
    mode = parameters.string("parse_mode").lower()
    if mode == "html":
        return finished(parse_html(text))
    if mode:
        raise bad_request("unsupported parse_mode")
    given = parameters.sequence(entities_name) or []
    entities = [entity for entity in given if isinstance(entity, dict)]
    return finished(FormattedText(text, checked_entities(text, entities)))
