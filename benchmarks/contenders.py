"""The assistants that benchmarks/stock.py compares: ours, and the same with Rasa as it comes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from benchmarks.load import User, family
from bot.turns.ports import free_port

ROOT = Path(__file__).resolve().parents[1]
PROJECT = ROOT / "bot/dialogue"
ENGINE = PROJECT / ".venv/bin/python"
BUILD = ROOT / "build/stock"
START_SECONDS = 600


@dataclass(frozen=True)
class Running:
    """An assistant that is ready: its users, its processes (`rasa` are those of the dialogue engine), how long it took to be.

    `aged` tells whether a conversation can be lengthened through Rasa's HTTP API.
    """

    user: User
    rasa: list[int]
    all: list[int]
    ready: float
    aged: bool

    def lengthen(self, name: str, turns: int) -> None:
        """Bring a conversation that has had a few turns to so many, by telling Rasa the same ones again and again."""
        if not self.aged:
            self.user.turns(name, turns - 20)
            return
        tracker = f"{self.user.url}/conversations/{name}/tracker"
        events = json.load(urlopen(f"{tracker}?include_events=ALL"))["events"]  # noqa: S310  (an address of our own)
        had = sum(event["event"] == "user" for event in events)
        begin = next(i for i, event in enumerate(events) if event["event"] == "user")
        more = json.dumps(events[begin:] * ((turns - had) // had)).encode()
        head = {"Content-Type": "application/json"}
        urlopen(Request(f"{tracker}/events?include_events=NONE", more, head)).read()  # noqa: S310


@contextmanager
def ours(folder: Path, engines: int) -> Iterator[Running]:
    """`sauro serve`: gateway, engines, actions, everything written down."""
    port = free_port()
    own = {
        "SAURO_VAR": str(folder), "SAURO_PORT": str(port), "SAURO_LOG_LEVEL": "error", "SAURO_RATE_BURST": "1000000",
        "SAURO_ENGINES": str(engines),
    }  # fmt: skip
    with started([str(Path(sys.executable).with_name("sauro")), "serve"], own, folder) as pid:
        took = wait(f"http://127.0.0.1:{port}/readyz")
        every = family(pid)
        yield Running(User(f"http://127.0.0.1:{port}"), every[1:], every, took, aged=False)


@contextmanager
def stock(folder: Path, model: Path) -> Iterator[Running]:
    """`rasa run` with a model of this assistant, and our actions behind rasa-sdk's server. No gateway, nothing written down."""
    actions, port = free_port(), free_port()
    endpoints = folder / "endpoints.yml"
    endpoints.write_text(f"action_endpoint:\n  url: http://127.0.0.1:{actions}/webhook\n", "ascii")
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    quiet |= {"LOG_LEVEL": "WARNING", "PYTHONPATH": str(ROOT), "SAURO_VAR": str(folder)}
    serve = [sys.executable, "-m", "benchmarks.stock_actions", str(actions)]
    run = [str(ENGINE), "-W", "ignore", "-m", "rasa", "run", "--enable-api", "--model", str(model), "--endpoints"]
    run += [str(endpoints), "--interface", "127.0.0.1", "--port", str(port)]
    with ExitStack() as both:
        sdk = both.enter_context(started(serve, quiet, folder))
        rasa = both.enter_context(started(run, quiet, folder))
        took = wait(f"http://127.0.0.1:{port}/status")
        wait(f"http://127.0.0.1:{actions}/health")
        yield Running(User(f"http://127.0.0.1:{port}"), family(rasa), [*family(rasa), *family(sdk)], took, aged=True)


def trained() -> Path:
    """The model of benchmarks/stock.yml, trained unless it is there."""
    model = BUILD / "diet.tar.gz"
    if not model.is_file():
        data = [str(ROOT / "nlu_data" / kind) for kind in ("nlu", "rules", "stories")]
        command = [str(ENGINE), "-W", "ignore", "-m", "rasa", "train", "--config", str(ROOT / "benchmarks/stock.yml")]
        command += ["--domain", str(PROJECT / "domain"), "--data", *data, "--out", str(BUILD), "--quiet"]
        environment = os.environ | {"RASA_TELEMETRY_ENABLED": "false", "PYTHONPATH": str(ROOT)}
        subprocess.run([*command, "--fixed-model-name", "diet"], env=environment, check=True)  # noqa: S603
    return model


@contextmanager
def started(command: list[str], settings: Mapping[str, str], folder: Path) -> Iterator[int]:
    """A process with these settings, for the length of the block; what it says goes to a file in the folder, shown when it fails."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SAURO_")}
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, env={**kept, **settings}, cwd=folder, stdout=log, stderr=log)  # noqa: S603
    try:
        yield process.pid
    except TimeoutError:
        sys.stderr.write((folder / "log").read_text("utf-8", "replace")[-2000:])
        raise
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def wait(url: str) -> float:
    """Wait until an address answers well; the seconds that took."""
    began = time.perf_counter()
    while time.perf_counter() - began < START_SECONDS:
        try:
            urlopen(url, timeout=5).read()  # noqa: S310  (an address of our own)
        except (URLError, OSError):
            time.sleep(0.05)
        else:
            return time.perf_counter() - began
    raise TimeoutError(url)
