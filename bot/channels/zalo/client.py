"""Client of Zalo's Official Account API: sending, uploading pictures, fetching what users sent, exchanging tokens."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.channels.zalo.outcome import Outcome, judged
from bot.channels.zalo.outgoing import Parcel, Picture, as_message

CONSULTATION = "/v3.0/oa/message/cs"
ANONYMOUS = "/v2.0/oa/message"
FETCH_SECONDS = 30.0


class FetchFailed(Exception):
    """A user's file can not be had: a foreign host, too large, or gone. The text is for the log."""


@dataclass(frozen=True)
class Grant:
    """A pair of tokens. `seconds` is how long the access token holds."""

    access: str
    refresh: str
    seconds: int


class GrantRefused(Exception):
    """Zalo gave no new tokens. The text is Zalo's error name: it holds no secret."""


class ZaloClient:
    """One connection pool to Zalo. `api` and `oauth` are base URLs; files that users sent are fetched from the domains `hosts` alone."""

    def __init__(
        self,
        api: str,
        oauth: str,
        hosts: tuple[str, ...],
        seconds: float = 10.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._api = api.rstrip("/")
        self._oauth = oauth.rstrip("/")
        self._hosts = hosts
        self._client = httpx.AsyncClient(timeout=seconds, transport=transport)

    async def send(self, access: str, user: str, parcel: Parcel, attachment_id: str = "", talk: str = "") -> Outcome:
        """Send one message to a user who wrote to us; `talk` is Zalo's conversation id of one who does not follow."""
        recipient = {"anonymous_id": user, "conversation_id": talk} if talk else {"user_id": user}
        body = {"recipient": recipient, "message": as_message(parcel, attachment_id)}
        _, outcome = await self._call(ANONYMOUS if talk else CONSULTATION, access, json=body)
        return outcome

    async def upload(self, access: str, picture: Picture) -> tuple[str, Outcome]:
        """Upload a picture: its attachment id ("" when it failed) and how the call ended."""
        name = "chart." + picture.media_type.partition("/")[2]
        files = {"file": (name, picture.data, picture.media_type)}
        body, outcome = await self._call("/v2.0/oa/upload/image", access, files=files)
        data = body.get("data") if isinstance(body, dict) else None
        return (str(data.get("attachment_id") or "") if isinstance(data, dict) else ""), outcome

    async def exchange(self, app_id: str, secret_key: str, refresh: str) -> Grant:
        """New tokens for a refresh token, which is used up by the call when it succeeds.

        Raises:
            GrantRefused: Zalo gave none (it may say so with HTTP status 200), or could not be reached.
        """
        form = {"refresh_token": refresh, "app_id": app_id, "grant_type": "refresh_token"}
        try:
            response = await self._client.post(
                f"{self._oauth}/v4/oa/access_token", data=form, headers={"secret_key": secret_key}
            )
            body = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise GrantRefused(type(error).__name__) from None
        match body:
            case {"access_token": str(access), "refresh_token": str(renewed)} if access and renewed:
                seconds = str(body.get("expires_in", ""))
                return Grant(access, renewed, int(seconds) if seconds.isascii() and seconds.isdigit() else 0)
            case {"error_name": name}:
                raise GrantRefused(str(name)[:100])
        raise GrantRefused(f"status {response.status_code}")

    async def fetch(self, url: str, limit: int) -> bytes:
        """A file that a user sent, at most `limit` bytes; redirects are not followed.

        Raises:
            FetchFailed: it can not be had.
        """
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            raise FetchFailed("no address") from None
        known = any(host == domain or host.endswith(f".{domain}") for domain in self._hosts)
        if parts.scheme not in ("https", "http") or not known or parts.username is not None:
            raise FetchFailed("foreign address")
        data = bytearray()
        try:
            async with (
                asyncio.timeout(FETCH_SECONDS),
                self._client.stream("GET", url, follow_redirects=False) as response,
            ):
                if response.status_code != httpx.codes.OK:
                    raise FetchFailed(f"status {response.status_code}")
                async for chunk in response.aiter_bytes():
                    data += chunk
                    if len(data) > limit:
                        raise FetchFailed("too large")
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise FetchFailed(type(error).__name__) from None
        return bytes(data)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _call(self, path: str, access: str, **content: Any) -> tuple[object, Outcome]:
        try:
            response = await self._client.post(self._api + path, headers={"access_token": access}, **content)
        except httpx.HTTPError as error:
            return None, Outcome("later", None, "", type(error).__name__)
        try:
            body = response.json()
        except ValueError:
            body = None
        return body, judged(response.status_code, body)
