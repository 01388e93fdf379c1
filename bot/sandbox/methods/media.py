"""Photos and documents of a call: uploaded, or known by their `file_id`."""

from __future__ import annotations

from collections.abc import Callable

from bot.sandbox.chat import Payload
from bot.sandbox.errors import bad_request
from bot.sandbox.files import FileStore, StoredFile
from bot.sandbox.methods.texts import caption_content
from bot.sandbox.parameters import Parameters

MAXIMUM_ALBUM = 10


def photo_content(files: FileStore, parameters: Parameters) -> Payload:
    file = _file(files, parameters, "photo", "photos")
    return {"photo": file.photo_sizes(), **_caption(parameters)}


def document_content(files: FileStore, parameters: Parameters) -> Payload:
    file = _file(files, parameters, "document", "documents")
    return {"document": file.document(), **_caption(parameters)}


def media_content(files: FileStore, media: object, parameters: Parameters) -> Payload:
    """An `InputMedia` object: its files are parts of the request that carries it."""
    if not isinstance(media, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = str(media.get("type"))
    content = _CONTENTS.get(kind)
    if content is None:
        raise bad_request(f"can't parse InputMedia: type '{kind}' is not supported by the sandbox")
    return content(files, Parameters({**media, kind: media.get("media")}, parameters.uploads))


def album_content(files: FileStore, parameters: Parameters) -> list[Payload]:
    items = parameters.sequence("media") or []
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > MAXIMUM_ALBUM:
        raise bad_request("too many messages to send as an album")
    contents = [media_content(files, item, parameters) for item in items]
    if len({"document" in content for content in contents}) > 1:
        raise bad_request("document can't be mixed with other media types")
    return contents


def _file(files: FileStore, parameters: Parameters, name: str, folder: str) -> StoredFile:
    if upload := parameters.uploads.get(name):
        return files.add(upload, folder)
    reference = parameters.string(name)
    if not reference:
        raise bad_request(f"there is no {name} in the request")
    return files.given(reference, parameters, folder)


def _caption(parameters: Parameters) -> Payload:
    content = caption_content(parameters)
    if content and parameters.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


_CONTENTS: dict[str, Callable[[FileStore, Parameters], Payload]] = {
    "photo": photo_content,
    "document": document_content,
}
