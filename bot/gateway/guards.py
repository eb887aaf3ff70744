"""What every route of the API shares: the errors it shows in OpenAPI, and the refusal of parameters it does not have."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from bot.channels.errors import ApiError
from bot.gateway.schemas import ErrorOut

ERRORS: dict[int | str, dict[str, Any]] = {
    401: {"model": ErrorOut}, 404: {"model": ErrorOut}, 422: {"model": ErrorOut}, 503: {"model": ErrorOut},
}  # fmt: skip


def known_parameters(request: Request) -> None:
    """Refuse a query parameter that the route does not have: with a filter ignored, another question would be answered.

    Raises:
        ApiError: 422, naming the parameter.
    """
    dependant = request.scope["route"].dependant
    known = {p.alias for p in dependant.query_params}
    for name in request.query_params:
        if name not in known:
            raise ApiError(422, "bad_request", field=name)
