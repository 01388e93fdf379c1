"""Files that went through the chats, kept in memory."""

from __future__ import annotations

import hashlib
import itertools
import mimetypes
from dataclasses import dataclass

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.images import image_size
from bot.sandbox.parameters import Parameters, Upload

MAXIMUM_UPLOAD = 50 * 1024 * 1024
MAXIMUM_PHOTO = 10 * 1024 * 1024
MAXIMUM_DOWNLOAD = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    file_id: str
    unique_id: str
    name: str
    mime_type: str
    content: bytes
    path: str

    def reference(self) -> dict[str, object]:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}

    def document(self) -> dict[str, object]:
        return {**self.reference(), "file_name": self.name, "mime_type": self.mime_type}

    def photo_sizes(self) -> list[dict[str, object]]:
        size = image_size(self.content)
        if size is None or len(self.content) > MAXIMUM_PHOTO:
            raise bad_request("IMAGE_PROCESS_FAILED")
        width, height = size
        if width + height > 10_000 or max(size) > 20 * max(1, min(size)):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return [{**self.reference(), "width": width, "height": height}]


class FileStore:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._numbers = itertools.count(1)

    def add(self, upload: Upload, folder: str = "documents") -> StoredFile:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > MAXIMUM_UPLOAD:
            raise ApiError(413, "Request Entity Too Large")
        number = next(self._numbers)
        digest = hashlib.sha256(upload.content).hexdigest()
        guessed, _ = mimetypes.guess_type(upload.name)
        suffix = upload.name.rpartition(".")[2] if "." in upload.name else "dat"
        file = StoredFile(
            file_id=f"SANDBOX{number:06d}-{digest[:24]}",
            unique_id=f"SB{digest[:14]}",
            name=upload.name,
            mime_type=guessed or upload.mime_type or "application/octet-stream",
            content=upload.content,
            path=f"{folder}/file_{number}.{suffix}",
        )
        self._by_id[file.file_id] = file
        self._by_path[file.path] = file
        return file

    def by_id(self, file_id: str) -> StoredFile:
        try:
            return self._by_id[file_id]
        except KeyError:
            raise bad_request("wrong file identifier/HTTP URL specified") from None

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def given(self, reference: str, parameters: Parameters, folder: str) -> StoredFile:
        """What a call names: `attach://` and a part of the request, or a file that is known already."""
        if reference.startswith("attach://"):
            upload = parameters.uploads.get(reference.removeprefix("attach://"))
            if upload is None:
                raise bad_request("there is no file in the request with the attached name")
            return self.add(upload, folder)
        if reference.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")
        return self.by_id(reference)
