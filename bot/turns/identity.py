"""Name a conversation so that nobody outside can guess, choose or recognise it."""

from __future__ import annotations

import hashlib
import hmac
import json


def conversation_id(secret: bytes, channel: str, account: str, sender: str) -> str:
    """HMAC-SHA256 of channel, account ("" for a citizen) and the client's own sender: 32 hexadecimal digits.

    The parts are joined as a JSON list, so that no two different triples read the same.
    """
    parts = json.dumps([channel, account, sender]).encode("ascii")
    return hmac.new(secret, parts, hashlib.sha256).hexdigest()[:32]
