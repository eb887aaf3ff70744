"""A backup as one file: a compressed tar archive whose manifest holds the size and hash of every other member.

Members: `manifest.json` (the first), `tables/<name>.jsonl`, `evidence/<sha256>`. An archive is read once through and checked before
anything of it is used; names that the manifest does not list, or that are not of these forms, are refused.
"""

from __future__ import annotations

import io
import json
import re
import tarfile
import zlib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from knowledge.errors import BadBackup

FORMAT = 1
MANIFEST = "manifest.json"
MANIFEST_LIMIT = 64 * 1024 * 1024
PIECE = 1024 * 1024

_NAME = re.compile(r"tables/[a-z][a-z0-9_]*\.jsonl|evidence/[0-9a-f]{64}")


def write_archive(out: IO[bytes], about: Mapping[str, Any], members: Mapping[str, Path]) -> None:
    """Write an archive of `members` (files by name). `about` goes into the manifest."""
    files = {name: _measured(path) for name, path in members.items()}
    manifest = json.dumps({**about, "format": FORMAT, "files": files}, ensure_ascii=False, indent=1).encode()
    with tarfile.open(fileobj=out, mode="w:gz", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(_member(MANIFEST, len(manifest)), io.BytesIO(manifest))
        for name, path in members.items():
            with path.open("rb") as file:
                archive.addfile(_member(name, files[name]["size"]), file)


def read_archive(path: Path, folder: Path) -> dict[str, Any]:
    """Check an archive, lay its members down in `folder` (under the names they have) and return its manifest.

    Raises:
        OSError: the disk does not give the archive or take what is laid down.
        BadBackup: `reason` is "unreadable" (no archive, or a damaged one), "format" (of another version), "name" (a member that does
            not belong; `member`), "content" (a member is not what the manifest says; `member`) or "missing" (`member`).
    """
    try:
        with path.open("rb") as file, tarfile.open(fileobj=file, mode="r|gz") as archive:
            manifest = _manifest(archive)
            while (member := archive.next()) is not None:
                _lay_down(archive, member, manifest["files"], folder)
    except (EOFError, zlib.error, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise BadBackup(str(error), reason="unreadable") from error
    for name in manifest["files"]:
        if not (folder / name).is_file():
            raise BadBackup(f"{name} is missing", reason="missing", member=name)
    return manifest


def _manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    first = archive.next()
    content = archive.extractfile(first) if first and first.name == MANIFEST and first.size <= MANIFEST_LIMIT else None
    if content is None:
        raise BadBackup("no manifest", reason="unreadable")
    manifest = json.loads(content.read())
    if (
        not isinstance(manifest, dict)
        or manifest.get("format") != FORMAT
        or not isinstance(manifest.get("files"), dict)
    ):
        raise BadBackup("format", reason="format")
    return manifest


def _lay_down(archive: tarfile.TarFile, member: tarfile.TarInfo, listed: dict[str, Any], folder: Path) -> None:
    target = folder / member.name
    if not member.isreg() or member.name not in listed or not _NAME.fullmatch(member.name) or target.exists():
        raise BadBackup(member.name, reason="name", member=member.name)
    content = archive.extractfile(member)
    if content is None or member.size != listed[member.name]["size"]:
        raise BadBackup(member.name, reason="content", member=member.name)
    target.parent.mkdir(exist_ok=True)
    digest = sha256()
    with target.open("wb") as file:
        while piece := content.read(PIECE):
            digest.update(piece)
            file.write(piece)
    named = target.name if target.parent.name == "evidence" else digest.hexdigest()
    if not digest.hexdigest() == listed[member.name]["sha256"] == named:
        raise BadBackup(member.name, reason="content", member=member.name)


def _measured(path: Path) -> dict[str, Any]:
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return {"size": path.stat().st_size, "sha256": digest.hexdigest()}


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member
