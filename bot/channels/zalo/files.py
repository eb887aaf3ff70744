"""Photos and files that a user sends become evidence: fetched from Zalo's own servers, checked, and kept under their hash."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog

from bot.channels.zalo.client import FetchFailed, ZaloClient
from knowledge.errors import BadEvidence
from knowledge.progress.types import Evidence
from knowledge.store.file_kinds import KINDS, is_kind
from knowledge.store.uploads import Uploads

log = structlog.get_logger(__name__)

PICTURES = (".jpg", ".png", ".webp")
UNNAMED = "zalo"


async def kept(
    client: ZaloClient, uploads: Uploads, account: str, attachments: Sequence[dict[str, Any]], limit: int
) -> tuple[list[Evidence], str]:
    """The evidence that an account's message brought, and why some of it is missing: "" for all there, else "gone", "large", "full" or
    "kind".
    """
    found: list[Evidence] = []
    trouble = ""
    for attachment in attachments:
        url = str(attachment.get("url") or "")
        if int(attachment.get("size") or 0) > limit:
            trouble = "large"
            continue
        try:
            data = await client.fetch(url, limit)
            name = name_of(str(attachment.get("name") or ""), url, data)
            found.append(await asyncio.to_thread(uploads.keep, account, name, data))
        except FetchFailed as error:
            log.warning("zalo file not fetched", reason=str(error))
            trouble = "large" if str(error) == "too large" else "gone"
        except BadEvidence as error:
            reason = str(error.details["reason"])
            trouble = reason if reason in ("large", "full") else "kind"
    return found, trouble


def name_of(name: str, url: str, data: bytes) -> str:
    """What a file is called: as it was sent, else the last part of its address; a picture's ending is what its bytes say."""
    shown = name or unquote(PurePosixPath(urlsplit(url).path).name) or UNNAMED
    path = PurePosixPath(shown)
    if name or (path.suffix.lower() in KINDS and is_kind(data, KINDS[path.suffix.lower()])):
        return shown
    ending = next((e for e in PICTURES if is_kind(data, KINDS[e])), "")
    return f"{path.stem or UNNAMED}{ending}"
