"""Sign-in at an OpenID Connect provider: the authorization code flow with PKCE, by Authlib.

State, nonce and code verifier wait in a signed cookie of their own for ten minutes. It is "lax" so that it comes along when the
provider sends the browser back; the session that results is a new one, whatever the browser had before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response

from bot.staff.claims import Provider, Refused

try:  # the one of the two that Authlib takes
    from httpx2 import HTTPError
except ImportError:
    from httpx import HTTPError  # type: ignore[assignment]

log = structlog.get_logger(__name__)
SECONDS = 10.0


class SignIn:
    """The way to a provider and back."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self._client = OAuth().register(
            "provider",
            server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
            client_id=provider.client_id,
            client_secret=provider.client_secret or None,
            client_kwargs={"scope": provider.scopes, "code_challenge_method": "S256", "timeout": SECONDS},
        )

    async def leave(self, request: Request, back: str) -> Response:
        """Send the browser to the provider; `back` is where it returns to.

        Raises:
            Refused: the provider can not be reached.
        """
        try:
            response: Response = await self._client.authorize_redirect(request, self.provider.redirect_url or back)
        except (HTTPError, AuthlibBaseError, RuntimeError, ValueError) as error:
            raise _refused("unreachable", error) from error
        return response

    async def claims(self, request: Request) -> Mapping[str, Any]:
        """What the provider says of the person whose browser has come back: the verified ID token, completed by its userinfo.

        Raises:
            Refused: state, nonce, signature, issuer, audience or time do not fit, or the provider has refused or can not be reached.
        """
        provider = self.provider
        issuers = [provider.issuer, f"{provider.issuer}/"]
        expected = {
            "iss": {"essential": True, "values": issuers},
            "aud": {"essential": True, "value": provider.client_id},
            "sub": {"essential": True},
        }
        try:
            token = await self._client.authorize_access_token(request, claims_options=expected)
            claims: dict[str, Any] = dict(token["userinfo"])
            if provider.role_claim.partition(".")[0] not in claims:
                more = dict(await self._client.userinfo(token=token))
                if more.get("sub") != claims["sub"]:
                    raise Refused("failed")
                claims = {**more, **claims}
        except HTTPError as error:
            raise _refused("unreachable", error) from error
        except (AuthlibBaseError, JoseError, KeyError, TypeError, RuntimeError, ValueError) as error:
            raise _refused("failed", error) from error
        return claims


def _refused(reason: str, error: Exception) -> Refused:
    log.warning("sign-in refused", reason=reason, cause=type(error).__name__)
    return Refused(reason)
