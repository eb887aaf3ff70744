"""Is a webhook call from Zalo? Its signature, computed over the bytes that came in.

Zalo signs with a plain hash, not an HMAC: the hexadecimal SHA-256 of app id, raw body, timestamp and the Official Account's secret
key, one after the other (`MacUtils.buildMac` of Zalo's Java SDK), sent as `X-ZEvent-Signature: mac=<hex>`.
"""

from __future__ import annotations

import hashlib
import hmac
import json

HEADER = "x-zevent-signature"
TIMESTAMP_HEADER = "x-zevent-timestamp"
MAC_LENGTH = 64
OLDEST_MS = 2.5 * 3_600_000
"""Zalo sends an event again after 30 s, 5, 15, 30 and 60 minutes: the last comes 110 minutes after the first."""
EARLIEST_MS = -5 * 60_000
"""How far Zalo's clock may be ahead of ours."""


def mac(app_id: str, raw: bytes, timestamp: str, secret: str) -> str:
    """The signature of a body: 64 lower-case hexadecimal digits."""
    return hashlib.sha256(app_id.encode() + raw + timestamp.encode() + secret.encode()).hexdigest()


def genuine(
    raw: bytes, signature: str | None, app_id: str, secret: str, now_ms: float, header_timestamp: str | None = None
) -> bool:
    """Whether `raw` was signed with our secret, for our app, within the time in which Zalo delivers an event.

    `signature` is the header's value. The timestamp that was signed is the body's; where the call has a timestamp header too,
    the header's is accepted as well.
    """
    given = (signature or "").strip().removeprefix("mac=").lower()
    if not secret or len(given) != MAC_LENGTH or not given.isascii():
        return False
    app, timestamp = _signed_fields(raw)
    if app != app_id:
        return False
    stamps = [s for s in (timestamp, header_timestamp) if s and s.isascii() and s.isdigit()]
    return any(hmac.compare_digest(mac(app_id, raw, s, secret), given) and _recent(s, now_ms) for s in stamps)


def _signed_fields(raw: bytes) -> tuple[str | None, str | None]:
    """App id and timestamp of a body that may be anything."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return None, None
    if not isinstance(body, dict):
        return None, None
    app, timestamp = body.get("app_id"), body.get("timestamp")
    return (
        app if isinstance(app, str) else None,
        str(timestamp) if isinstance(timestamp, (str, int)) and not isinstance(timestamp, bool) else None,
    )


def _recent(timestamp: str, now_ms: float) -> bool:
    return len(timestamp) <= len("1700000000000") and EARLIEST_MS <= now_ms - int(timestamp) <= OLDEST_MS
