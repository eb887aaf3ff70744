"""What proves a report: files kept outside the database under the hash of their content, and links."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from knowledge.errors import BadEvidence
from knowledge.progress.types import Evidence
from knowledge.store.file_kinds import KINDS, is_kind

LIMIT = 10 * 1024 * 1024
"""Bytes a file may have, unless told otherwise."""
NAME_LIMIT = 120
"""Characters of a file's name that are kept."""
LINK_LIMIT = 2000
"""Characters a link may have."""

_HASH = re.compile(r"[0-9a-f]{64}")


class EvidenceStore:
    """Files in `folder`, each at `ab/abcdef...`: the SHA-256 of its content, so that nothing a person sends becomes a path."""

    def __init__(self, folder: Path, limit_bytes: int = LIMIT) -> None:
        self._folder = folder
        self._limit = limit_bytes

    def keep(self, name: str, data: bytes) -> Evidence:
        """Keep a file and return what stands for it in an entry; the same content is kept once.

        Raises:
            BadEvidence: as `checked`.
        """
        found = self.checked(name, data)
        self._write(found.sha256, data)
        return found

    def checked(self, name: str, data: bytes) -> Evidence:
        """What would stand for a file in an entry, if it may be kept; nothing is written.

        `name` is only shown. Taken are PDF, PNG, JPEG, WebP, Word and Excel files without macros, and UTF-8 or UTF-16 text.

        Raises:
            BadEvidence: `reason` is "empty", "large" (`limit` in bytes), "kind" (`kinds` are the endings that are taken) or
                "content" (the bytes are not what the name's ending says).
        """
        shown = _shown(name)
        media_type = KINDS.get(PurePosixPath(shown).suffix.lower())
        if not data:
            raise BadEvidence("empty file", reason="empty")
        if len(data) > self._limit:
            raise BadEvidence("too large", reason="large", limit=self._limit)
        if media_type is None:
            raise BadEvidence("kind of file", reason="kind", kinds=" ".join(sorted(KINDS)))
        if not is_kind(data, media_type):
            raise BadEvidence("content of another kind", reason="content")
        return Evidence("file", shown, "", sha256(data).hexdigest(), media_type, len(data))

    def link(self, url: str) -> Evidence:
        """A link as evidence. It is never opened here.

        Raises:
            BadEvidence: `reason` is "long" (`limit` in characters), "link" (no http or https address) or "credentials".
        """
        address = url.strip()
        if len(address) > LINK_LIMIT:
            raise BadEvidence("long link", reason="long", limit=LINK_LIMIT)
        try:
            parts = urlsplit(address)
            usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            usable = False
        if not usable or "\\" in address or any(c.isspace() or not c.isprintable() for c in address):
            raise BadEvidence("no link", reason="link")
        if parts.username is not None or parts.password is not None:
            raise BadEvidence("a link with credentials", reason="credentials")
        return Evidence(
            "link", parts.hostname or "", address[: len(parts.scheme)].lower() + address[len(parts.scheme) :]
        )

    def open(self, sha256_hex: str) -> Path:
        """Where the file of this content is.

        Raises:
            BadEvidence: `reason` is "unknown": there is none, or this is no hash.
        """
        path = self._path(sha256_hex) if _HASH.fullmatch(sha256_hex) else None
        if path is None or not path.is_file():
            raise BadEvidence("no such file", reason="unknown")
        return path

    def remove(self, sha256_hex: str) -> bool:
        """Remove the file of this content; False when there is none."""
        try:
            self.open(sha256_hex).unlink()
        except (BadEvidence, FileNotFoundError):
            return False
        return True

    def written_before(self, moment: datetime) -> Iterator[str]:
        """The hash of every file that was written before a moment, in order; gateways that share the folder may remove some meanwhile."""
        for name in self.everything():
            try:
                written = self._path(name).stat().st_mtime
            except FileNotFoundError:
                continue
            if written < moment.timestamp():
                yield name

    def everything(self) -> Iterator[str]:
        """The hash of every file that is kept, in order."""
        for path in sorted(self._folder.glob("??/*")):
            if _HASH.fullmatch(path.name) and path.parent.name == path.name[:2]:
                yield path.name

    def put_back(self, sha256_hex: str, data: bytes) -> None:
        """Keep the content of a backup.

        Raises:
            BadEvidence: `reason` is "content": the bytes have another hash.
        """
        if sha256(data).hexdigest() != sha256_hex:
            raise BadEvidence("damaged", reason="content")
        self._write(sha256_hex, data)

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name

    def _write(self, name: str, data: bytes) -> None:
        path = self._path(name)
        if path.is_file() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as partial:
            try:
                partial.write(data)
                partial.flush()
                os.fsync(partial.fileno())
                Path(partial.name).replace(path)
            except OSError:
                Path(partial.name).unlink()  # a full disk is not filled further by what did not fit
                raise


def _shown(name: str) -> str:
    """A file's name fit to be shown: without folders and control characters, its ending kept when it is cut."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    clean = " ".join("".join(c if c.isprintable() else " " for c in last).split()).lstrip(".")
    ending = PurePosixPath(clean).suffix[:10]
    return clean if len(clean) <= NAME_LIMIT else clean[: NAME_LIMIT - len(ending)] + ending
