"""Take a port before anything else is started: two services never fight for one."""

from __future__ import annotations

import errno
import socket

from bot.cli.terminal import StartFailed
from bot.gateway.server import listening
from bot.messages.catalog import message


def bind(host: str, port: int, prefix: str = "SAURO_") -> socket.socket:
    """A bound socket; `prefix` begins the names of the settings that the address comes from.

    Raises:
        StartFailed: the port is taken or the address is not this machine's.
    """
    try:
        return listening(host, port)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        key, setting = ("serve.port_taken", "PORT") if taken else ("serve.bad_host", "HOST")
        reason = error.strerror or error
        raise StartFailed(message(key, host=host, port=port, setting=prefix + setting, reason=reason)) from error
