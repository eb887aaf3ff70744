"""A port for a process that is about to start.

Seconds lie between the choice and the moment when the process binds it. A port out of the range that the system hands to outgoing
connections (from 32768 on Linux, from 49152 elsewhere) may be taken by then: these lie below.
"""

from __future__ import annotations

import secrets
import socket

HOST = "127.0.0.1"
FIRST, LAST = 20_000, 32_000
TRIES = 1_000


def free_port() -> int:
    """A port of the loopback interface that nobody has.

    Raises:
        OSError: none was found.
    """
    for _ in range(TRIES):
        port = FIRST + secrets.randbelow(LAST - FIRST)
        with socket.socket() as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise OSError("no free port")
