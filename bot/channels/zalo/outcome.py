"""What Zalo's answer to a call means: the call's fate is in the `error` field of the body, whatever the HTTP status is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Fate = Literal["sent", "token", "later", "window", "too_long", "refused", "billing", "bad"]

CODES: dict[int, Fate] = {
    0: "sent",
    -216: "token",  # access token invalid
    -220: "token",  # access token expired
    -211: "later",  # out of quota
    -218: "later",  # out of quota for this user
    -32: "later",  # too many calls in a minute
    -230: "window",  # the user has not written for 7 days
    -232: "window",  # no interaction within the window
    -234: "later",  # not between 22:00 and 6:00
    -100: "later",  # an error on Zalo's side
    -210: "too_long",
    -244: "refused",  # the user is restricted or has blocked the account
    -213: "refused",  # the user does not follow the account
    -217: "refused",  # the user does not want messages
    -227: "refused",  # the user is banned or has been away too long
    -320: "billing",
    -321: "billing",
}
"""Codes of the message API. Codes not listed are our mistake or new: `bad`, which is not tried again."""


@dataclass(frozen=True)
class Outcome:
    """How a call ended. `code` is Zalo's, 0 when it was sent; HTTP failures without a body have `code` None and are tried `later`.

    `message_id` is Zalo's id of what was sent. `detail` is for the log: it never holds the text that was to be sent.
    """

    fate: Fate
    code: int | None = None
    message_id: str = ""
    detail: str = ""


def judged(status: int, body: object) -> Outcome:
    """The outcome that an HTTP status and a decoded JSON body (None when it is no JSON) stand for."""
    code = body.get("error") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(code, int) or isinstance(code, bool):
        # 4xx without a verdict will not get better by itself, but for "too many requests" and "timeout".
        hopeless = 400 <= status < 500 and status not in (408, 429)
        return Outcome("bad" if hopeless else "later", None, "", f"status {status}")
    data = body.get("data")
    sent = str(data.get("message_id") or "") if isinstance(data, dict) else ""
    return Outcome(CODES.get(code, "bad"), code, sent, f"status {status}, error {code}")
