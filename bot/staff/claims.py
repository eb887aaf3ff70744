"""What a sign-in provider says about a person, read as a role and an agency of ours. Settings say how; nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge.progress.types import Role


@dataclass(frozen=True)
class Provider:
    """An OpenID Connect provider and how its claims are read.

    A claim is named by its path ("realm_access.roles"). `roles` and `agencies` turn its values into ours, the first fitting one wins;
    without `agencies` the claim itself names the agency, in any spelling.
    """

    issuer: str
    client_id: str
    client_secret: str = ""
    scopes: str = "openid profile"
    role_claim: str = "role"
    roles: Mapping[str, Role] = field(default_factory=dict)
    agency_claim: str = "agency"
    agencies: Mapping[str, str] = field(default_factory=dict)
    redirect_url: str = ""


@dataclass(frozen=True)
class Person:
    """Who has signed in: `subject` is the issuer and the person's id there."""

    subject: str
    name: str
    role: Role
    agency: str | None


class Refused(Exception):
    """Nobody is signed in; `reason` is the rest of a key `staff.refused_...`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def person(claims: Mapping[str, Any], provider: Provider) -> Person:
    """Who the claims speak of.

    Raises:
        Refused: they give no role, or none of an agency to a role that needs one.
    """
    values = _values(claims, provider.role_claim)
    role = next((ours for theirs, ours in provider.roles.items() if theirs in values), None)
    if role is None:
        raise Refused("role")
    agency = _agency(_values(claims, provider.agency_claim), provider) if role in ("staff", "leader") else None
    if agency is None and role == "staff":
        raise Refused("agency")
    name = next((n for c in ("name", "preferred_username", "sub") if (n := str(claims.get(c) or "").strip())), "")
    return Person(f"{provider.issuer} {claims['sub']}", name, role, agency)


def _agency(values: list[str], provider: Provider) -> str | None:
    if provider.agencies:
        return next((ours for theirs, ours in provider.agencies.items() if theirs in values), None)
    return values[0] if values else None


def _values(claims: Mapping[str, Any], path: str) -> list[str]:
    found: Any = claims.get(path)
    if found is None:
        found = claims
        for step in path.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
    listed = found if isinstance(found, list) else [found]
    return [value.strip() for value in listed if isinstance(value, str) and value.strip()]
