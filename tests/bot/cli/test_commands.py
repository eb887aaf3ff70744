"""The commands as a person runs them: as processes. A stand-in process plays the running server."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.turns.ports import free_port
from tests.bot.cli.commands import sauro
from tests.system.conftest import wait_answers

SAURO = Path(sys.executable).with_name("sauro")
STANDIN = Path(__file__).parents[1] / "standin.py"


def process(*arguments: str, var: Path, typed: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SAURO_")}
    environment |= {"SAURO_VAR": str(var), "SAURO_URL": "http://127.0.0.1:9", "COLUMNS": "200", **settings}
    return subprocess.run(
        [SAURO, *arguments], input=typed, capture_output=True, text=True, timeout=120, env=environment, cwd=var
    )


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    port = free_port()
    with subprocess.Popen([sys.executable, STANDIN, "--port", str(port)], stdout=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            wait_answers(process, url)
            yield url
        finally:
            process.terminate()


@pytest.mark.parametrize(
    ("arguments", "settings", "named"),
    [
        ([], {"SAURO_PORT": "eighty"}, "SAURO_PORT"),
        ([], {"SAURO_SECRET": "short"}, "SAURO_SECRET"),
        ([], {"SAURO_RASA_PYTHON": "/nowhere/python"}, "/nowhere/python"),
        ([], {"SAURO_RASA_MODEL": "/nowhere/model.tar.gz"}, "/nowhere/model.tar.gz"),
        (["--host", "192.0.2.1"], {}, "SAURO_HOST"),
        (["--port", "0"], {"SAURO_RASA_URL": "http://127.0.0.1:9", "SAURO_DATABASE_URL": "sqlite:////proc/no/db"}, "SAURO_DATABASE_URL"),
        (["--part", "gateway"], {}, "SAURO_RASA_URL"),
        (["--part", "gateway"], {"SAURO_RASA_URL": "http://127.0.0.1:9"}, "SAURO_RASA_TOKEN"),
        (["--part", "gateway"], {"SAURO_RASA_URL": "http://127.0.0.1:9", "SAURO_RASA_TOKEN": "t" * 32}, "SAURO_SECRET"),
        (["--part", "actions"], {}, "SAURO_ACTIONS_TOKEN"),
        (["--part", "rasa"], {}, "SAURO_ACTIONS_URL"),
    ],
)  # fmt: skip
def test_a_start_that_can_not_work_ends_with_one_line_that_says_what_to_do(
    tmp_path: Path, arguments: list[str], settings: dict[str, str], named: str
) -> None:
    done = process("serve", *arguments, var=tmp_path, **settings)
    failures = [line for line in done.stderr.splitlines() if line.startswith("✗")]
    assert (done.returncode, len(failures), "Traceback" in done.stderr) == (1, 1, False)
    assert named in failures[0]


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = process("serve", "--port", str(port), var=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"✗ Cổng {port} trên 127.0.0.1")
    assert done.stderr.count("\n") == 1


def test_one_question_is_answered_by_the_running_server(server: str, tmp_path: Path) -> None:
    done = sauro("ask", "Nhiệm vụ 12 của ai?", "--url", server, var=tmp_path)
    assert (done.returncode, done.stdout) == (0, "đáp: Nhiệm vụ 12 của ai?\n")


def test_an_answer_can_be_had_as_json(server: str, tmp_path: Path) -> None:
    done = sauro("ask", "chào", "--json", var=tmp_path, SAURO_URL=server)
    assert [message.get("text") for message in json.loads(done.stdout)] == ["đáp: chào", None]


def test_without_a_server_and_without_a_model_one_line_says_what_to_do(tmp_path: Path) -> None:
    done = process("ask", "chào", var=tmp_path, SAURO_RASA_MODEL="/nowhere/model.tar.gz")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith("✗ Chưa có mô hình hội thoại (/nowhere/model.tar.gz)")


def test_a_talk_goes_on_until_it_is_quit(server: str, tmp_path: Path) -> None:
    done = sauro("chat", "--url", server, var=tmp_path, typed="chào\n12\n/quit\nkhông gửi\n")
    assert done.returncode == 0
    assert [line for line in done.stdout.splitlines() if line.startswith("đáp")] == ["đáp: chào", "đáp: 12"]


def test_the_end_of_input_ends_a_talk(server: str, tmp_path: Path) -> None:
    assert sauro("chat", "--url", server, var=tmp_path).returncode == 0
