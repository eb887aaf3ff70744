"""A stage for the Zalo channel: the simulated platform and a stand-in dialogue engine here, real gateways as processes of their own."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy import select

from bot.gateway.server import PrivateServer
from bot.turns.ports import free_port
from bot.zalosim.app import simulator
from bot.zalosim.world import World
from knowledge.store.database import open_database
from knowledge.store.tables import zalo_deliveries

WHOLE = (str(Path(sys.executable).with_name("sauro")), "serve", "--part", "gateway")
CHANNEL = (sys.executable, "-m", "benchmarks.zalo_gateway")
"""What a gateway is: as it is deployed, or the Zalo channel alone, which starts in a second or two."""
ROOT = Path(__file__).resolve().parents[1]
SECRET = "0123456789abcdef" * 2
START_SECONDS = 120
THINKING = (0.02, 0.15)
"""Seconds that the stand-in engine takes for a turn: about what the real one does."""


def bound() -> socket.socket:
    """A socket on a free port of this machine."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", 0))
    return made


def url_of(listening: socket.socket) -> str:
    """The address of what listens there."""
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


def engine(up: list[bool]) -> FastAPI:
    """Answers every turn as Rasa's REST webhook does, and one that comes again as before; 503 while it is not `up`."""
    app, chance = FastAPI(), random.Random(7)  # noqa: S311  (pauses, not secrets)

    @app.get("/status")
    async def status() -> JSONResponse:
        return JSONResponse({}, 200 if up[0] else 503)

    @app.post("/webhooks/rest/webhook")
    async def turn(request: Request) -> JSONResponse:
        body = await request.json()
        await asyncio.sleep(chance.uniform(*THINKING))
        reply = {"recipient_id": body["sender"], "text": f"re: {body['message']}"}
        return JSONResponse([reply] if up[0] else [], 200 if up[0] else 503)

    return app


class Stage:
    """The platform at `platform`, the engine, and gateways on one database; `world` is the platform's, to be read when it is quiet."""

    def __init__(
        self,
        folder: Path,
        database_url: str = "",
        pace: float = 0.01,
        command: tuple[str, ...] = CHANNEL,
        level: str = "warning",
    ) -> None:
        self.folder = folder
        self._command = command
        self.world = World()
        self.engine_up = [True]
        self._gateways: list[subprocess.Popen[bytes]] = []
        sockets = [bound() for _ in range(2)]
        self.platform, engine_url = (url_of(s) for s in sockets)
        self.gateway = f"http://127.0.0.1:{free_port()}"
        app = simulator(self.world, f"{self.gateway}/webhooks/zalo", pace=pace)
        self._servers = [PrivateServer(app, sockets[0]), PrivateServer(engine(self.engine_up), sockets[1])]
        for server in self._servers:
            server.start()
        self._client = httpx.Client(base_url=self.platform, timeout=30, trust_env=False)
        self._environment = {k: v for k, v in os.environ.items() if not k.startswith("SAURO_")} | {
            "SAURO_VAR": str(folder), "SAURO_DATABASE_URL": database_url, "SAURO_SECRET": SECRET,
            "SAURO_RASA_URL": engine_url, "SAURO_RASA_TOKEN": SECRET, "SAURO_LOG_LEVEL": level,
            "SAURO_ZALO_APP_ID": self.world.app_id, "SAURO_ZALO_APP_SECRET": self.world.app_secret,
            "SAURO_ZALO_OA_SECRET": self.world.oa_secret, "SAURO_ZALO_REFRESH_TOKEN": self.world.refresh,
            "SAURO_ZALO_API": self.platform, "SAURO_ZALO_OAUTH": self.platform, "SAURO_ZALO_FILE_HOSTS": "127.0.0.1",
        }  # fmt: skip

    def start(self, port: int | None = None) -> subprocess.Popen[bytes]:
        """Start a gateway, on the address that the platform calls unless another port is given."""
        chosen = port or int(self.gateway.rpartition(":")[2])
        with (self.folder / "gateway.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603
                self._command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=ROOT,
                env=self._environment | {"SAURO_PORT": str(chosen)},
            )  # fmt: skip
        self._gateways.append(process)
        return process

    def wait_ready(self, process: subprocess.Popen[bytes], port: int | None = None, *, engine: bool = True) -> None:
        """Wait until a gateway answers and has everything loaded; without `engine` it need not have that.

        Raises:
            RuntimeError: it ended instead; with the end of its log.
        """
        base = f"http://127.0.0.1:{port}" if port else self.gateway
        limit = time.monotonic() + START_SECONDS
        while True:
            with suppress(httpx.TransportError):
                answer = self._client.get(f"{base}/readyz", timeout=5)
                if answer.is_success or (not engine and answer.json().get("index")):
                    return
            if process.poll() is not None or time.monotonic() > limit:
                raise RuntimeError((self.folder / "gateway.log").read_text("utf-8")[-2000:])
            time.sleep(0.05)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a gateway as a power cut would."""
        process.send_signal(signal.SIGKILL)
        process.wait()

    def say(self, user: str, text: str) -> dict[str, Any]:
        """A user sends a text; the event."""
        answer = self._client.post("/sim/say", json={"user": user, "text": text})
        event: dict[str, Any] = answer.raise_for_status().json()
        return event

    def know(self, users: Iterable[str]) -> None:
        """Let the platform know users whose events it will not send itself."""
        self._client.post("/sim/know", json={"users": list(users)}).raise_for_status()

    def signed(self, user: str, text: str) -> tuple[bytes, dict[str, str]]:
        """Body and headers of a user's message, which is left to the caller to deliver."""
        answer = self._client.post("/sim/sign", json={"user": user, "text": text}).raise_for_status().json()
        return answer["body"].encode(), answer["headers"]

    def drain(self, seconds: float = 60.0) -> None:
        """Wait until everything that was taken is sent or laid aside, and every event is taken.

        Raises:
            RuntimeError: it takes longer.
        """
        database = open_database(self._environment["SAURO_DATABASE_URL"] or f"sqlite:///{self.folder / 'sauro.db'}")
        left = select(zalo_deliveries.c.seq).where(zalo_deliveries.c.state.in_(("waiting", "sending"))).limit(1)
        limit = time.monotonic() + seconds
        try:
            while True:
                time.sleep(0.2)
                with database.connect() as connection:
                    if connection.execute(left).first() is None and not self.state()["under_way"]:
                        return
                if time.monotonic() > limit:
                    raise RuntimeError("messages were taken and neither answered nor laid aside")
        finally:
            database.dispose()

    def state(self) -> dict[str, Any]:
        """How the platform is doing."""
        found: dict[str, Any] = self._client.get("/sim/state").json()
        return found

    def taken(self) -> set[str]:
        """The texts whose events were answered 200."""
        return set(self._client.get("/sim/taken").json())

    def heard(self) -> dict[str, list[str]]:
        """What each user was sent, in order."""
        found: dict[str, list[str]] = {}
        for message in self._client.get("/sim/said").json():
            if message["from"] == "oa":
                found.setdefault(message["user"], []).append(message["text"])
        return found

    def close(self) -> None:
        """End everything."""
        for process in self._gateways:
            if process.poll() is None:
                process.kill()
                process.wait()
        self._client.close()
        for server in self._servers:
            server.stop()
