"""docker-compose.yml and the images: valid, closed to the outside, run by nobody in particular."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.gateway.settings import Settings
from bot.turns.launch import Launch
from tests.compose.reading import FILE, ROOT, Unset, services

SECRETS = {"SAURO_SECRET", "SAURO_ACTIONS_TOKEN", "SAURO_RASA_TOKEN", "POSTGRES_PASSWORD", "REDIS_PASSWORD"}
FILLED = {name: f"{name.lower()}-of-at-least-32-characters" for name in SECRETS}
DOCKERFILES = sorted((ROOT / "docker").glob("*.Dockerfile"))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return services(FILLED)


def test_the_file_follows_the_compose_specification() -> None:
    schema = json.loads((Path(__file__).parent / "compose-spec.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(yaml.safe_load(FILE.read_text("utf-8")))


def test_the_parts_are_all_there(compose: dict[str, Any]) -> None:
    assert set(compose) == {"gateway", "actions", "rasa", "postgres", "redis"}


def test_only_the_gateway_is_published_and_only_on_loopback(compose: dict[str, Any]) -> None:
    assert {name: service["ports"] for name, service in compose.items() if "ports" in service} == {
        "gateway": ["127.0.0.1:8000:8000"]
    }


def test_the_gateway_believes_the_proxy_in_front_of_it_that_the_outside_is_https(compose: dict[str, Any]) -> None:
    assert compose["gateway"]["environment"]["FORWARDED_ALLOW_IPS"] == "*"


def test_only_the_gateway_is_on_a_network_that_leads_outside(compose: dict[str, Any]) -> None:
    networks = yaml.safe_load(FILE.read_text("utf-8"))["networks"]
    outward = {name for name, network in networks.items() if not network.get("internal")}
    assert [name for name, service in compose.items() if outward & set(service["networks"])] == ["gateway"]


@pytest.mark.parametrize("name", ["gateway", "actions", "rasa", "postgres", "redis"])
def test_each_service_is_confined_limited_and_watched(compose: dict[str, Any], name: str) -> None:
    service = compose[name]
    assert service["user"] not in ("", "root", "0", "0:0")
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}
    assert service["healthcheck"]["test"]
    assert service["restart"] == "unless-stopped"


def test_a_service_waits_until_what_it_needs_is_healthy(compose: dict[str, Any]) -> None:
    assert {name: sorted(service.get("depends_on", ())) for name, service in compose.items()} == {
        "gateway": ["postgres", "rasa"],
        "actions": ["postgres"],
        "rasa": ["actions", "redis"],
        "postgres": [],
        "redis": [],
    }
    conditions = {on["condition"] for service in compose.values() for on in service.get("depends_on", {}).values()}
    assert conditions == {"service_healthy"}


@pytest.mark.parametrize("missing", sorted(SECRETS))
def test_no_secret_has_a_default(missing: str) -> None:
    with pytest.raises(Unset, match=missing):
        services({name: value for name, value in FILLED.items() if name != missing})


def test_the_example_names_every_variable_that_the_file_reads() -> None:
    read = set(re.findall(r"(?<!\$)\$\{(\w+)", FILE.read_text("utf-8")))
    assert set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)) == read


def test_every_setting_reaches_the_service_that_reads_it() -> None:
    about_parts = {
        "url", "encoder", "engines", "rasa_host", "rasa_port", "rasa_python", "rasa_model", "rasa_start_seconds", "actions_url",
    }  # fmt: skip
    own = {"actions_host", "actions_port", "actions_token", "draft_minutes"}
    asked = {f"SAURO_{name.upper()}": "1" for name in Settings.model_fields}
    given = {name: set(service["environment"]) for name, service in services(FILLED | asked).items()}
    wanted = {f"SAURO_{name.upper()}" for name in set(Settings.model_fields) - about_parts - own}
    assert wanted - given["gateway"] == set()
    assert {f"SAURO_{name.upper()}" for name in own} - given["actions"] == set()


def test_the_dialogue_engine_runs_as_the_embedded_one_does_but_for_where_it_keeps_conversations(
    compose: dict[str, Any],
) -> None:
    app = Path("/app")
    launch = Launch(app, Path("python"), app / "bot/dialogue/models/sauro.tar.gz", "", Path("conversations.db"), "")
    embedded = launch.command("0.0.0.0", 5005)
    embedded[embedded.index("--endpoints") + 1] = "/app/docker/endpoints.yml"
    assert compose["rasa"]["command"] == embedded

    one, other = (
        yaml.safe_load((ROOT / f).read_text()) for f in ("docker/endpoints.yml", "bot/dialogue/endpoints.yml")
    )
    assert one["action_endpoint"] == other["action_endpoint"]


def test_the_dialogue_image_has_the_environment_of_the_embedded_engine() -> None:
    image = (ROOT / "docker/dialogue.Dockerfile").read_text("utf-8").rpartition("FROM ")[2]
    given = Launch(Path("/app"), Path("python"), Path("model"), "", Path("conversations.db"), "").environment({})
    for name in ("SAURO_ACTIONS_URL", "SAURO_CONVERSATIONS", "SAURO_RASA_TOKEN", "SAURO_SEAT"):
        given.pop(name)
    assert {name: value for name, value in re.findall(r"(\w+)=(\S+)", image) if name in given} == given


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: path.stem)
def test_an_image_is_pinned_runs_without_rights_and_copies_what_exists(dockerfile: Path) -> None:
    text = dockerfile.read_text("utf-8").replace("\\\n", " ")
    sent = {
        line[1:].split("/")[0] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")
    }
    copied = [
        source
        for line in re.findall(r"^COPY (?!--from)(.*)$", text, flags=re.MULTILINE)
        for source in line.split()[:-1]
    ]
    assert all(":" in base for base in re.findall(r"^FROM (\S+)", text, flags=re.MULTILINE))
    assert re.findall(r"^USER (.*)$", text, flags=re.MULTILINE) == ["10001:10001"]
    assert [source for source in copied if not (ROOT / source).exists() or source.split("/")[0] not in sent] == []


def test_both_images_install_with_the_same_uv_as_set_up_does() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    dialogue = (ROOT / "docker/dialogue.Dockerfile").read_text("utf-8")
    assert re.search(r"^ARG UV=(\S+)$", dialogue, re.MULTILINE)[1] in pyproject  # type: ignore[index]
