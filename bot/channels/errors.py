"""The one error a route raises on purpose; the gateway turns it into `{"error": {"code", "message"}}`."""

from __future__ import annotations


class ApiError(Exception):
    """`code` names both the machine code and the text `error.<code>` of the message catalog; `values` fill the text."""

    def __init__(self, status: int, code: str, headers: dict[str, str] | None = None, **values: object) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.headers = headers
        self.values = values
