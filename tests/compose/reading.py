"""The Compose file as Compose reads it: merged, with its variables filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docker-compose.yml"
VARIABLE = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\})")


class Unset(Exception):
    """A variable that the file insists on has no value."""


def services(variables: Mapping[str, str]) -> dict[str, Any]:
    """The services by name, with `${NAME}`, `${NAME:-default}`, `${NAME:?message}` and `$$` read as Compose does.

    A variable of a service's environment without a value is passed on, or left out where it has none.
    """
    found: dict[str, Any] = interpolated(yaml.safe_load(FILE.read_text("utf-8")), variables)["services"]
    for service in found.values():
        given = {
            key: variables.get(key) if value is None else value for key, value in service.get("environment", {}).items()
        }
        service["environment"] = {key: value for key, value in given.items() if value is not None}
    return found


def interpolated(value: Any, variables: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: interpolated(inner, variables) for key, inner in value.items()}
    if isinstance(value, list):
        return [interpolated(inner, variables) for inner in value]
    if isinstance(value, str):
        return VARIABLE.sub(lambda match: _filled(match, variables), value)
    return value


def _filled(match: re.Match[str], variables: Mapping[str, str]) -> str:
    if match["dollar"]:
        return "$"
    given = variables.get(match["name"], "")
    if not given and match["kind"] == "?":
        raise Unset(match["name"])
    return given or (match["rest"] if match["kind"] == "-" else "")
