"""`sauro serve`: the whole assistant in one command, or one part of it as a service of its own."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.messages.catalog import message

if TYPE_CHECKING:
    from bot.cli.terminal import Teller
    from bot.gateway.settings import Settings

ACTIONS_PORT = 5055
RASA_PORT = 5005


class Part(StrEnum):
    """What to run."""

    all = "all"
    gateway = "gateway"
    actions = "actions"
    rasa = "rasa"


def serve(
    part: Annotated[Part, typer.Option(help=message("serve.part_help"))] = Part.all,
    host: Annotated[str | None, typer.Option(help=message("serve.host_help"))] = None,
    port: Annotated[int | None, typer.Option(help=message("serve.port_help"))] = None,
    engines: Annotated[int | None, typer.Option(help=message("serve.engines_help"))] = None,
) -> None:
    """Start the assistant."""
    from bot.cli.terminal import StartFailed, Teller, fail
    from bot.gateway.logs import set_up_logging
    from bot.gateway.settings import BadSetting, load, require

    try:
        settings = load(host=host, port=port, engines=engines)
        set_up_logging(settings.log_level, settings.log_format)
        if part is Part.actions:
            require(settings, "actions_token", "setting.need_actions_token")
            _actions(settings)
        elif part is Part.rasa:
            require(settings, "actions_url", "setting.need_actions_url")
            require(settings, "rasa_token", "setting.need_rasa_token")
            _rasa(settings)
        else:
            if part is Part.gateway:
                require(settings, "rasa_url", "setting.need_rasa_url")
                require(settings, "rasa_token", "setting.need_rasa_token")
                require(settings, "secret", "setting.need_secret")
            _gateway(settings, Teller(settings.language))
    except (BadSetting, StartFailed) as error:
        fail(str(error))


def _gateway(settings: Settings, say: Teller) -> None:
    from bot.cli.running import serve_all
    from bot.gateway.server import run

    run(serve_all(settings, say))


def _actions(settings: Settings) -> None:
    from actions.server import build_app
    from bot.cli.binding import bind
    from bot.cli.parts import explained, open_collections, services_of, warm
    from bot.cli.stores import open_stores
    from bot.gateway.server import TokenGate, server

    bound = bind(settings.actions_host, settings.actions_port or ACTIONS_PORT, "SAURO_ACTIONS_")
    token = settings.actions_token.get_secret_value() if settings.actions_token else ""
    with bound:
        stores = open_stores(settings)
        with explained():
            warm()
            open_collections(settings)
        serving = server(TokenGate(build_app(services_of(settings, stores)), token), settings.drain_seconds)
        _stop_on_signals(serving)
        serving.run([bound])


def _stop_on_signals(serving: object) -> None:
    import signal

    def stop(*_: object) -> None:
        serving.should_exit = True  # type: ignore[attr-defined]

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def _rasa(settings: Settings) -> None:
    import os

    from bot.cli.parts import launch_of
    from bot.gateway.settings import ROOT

    launch = launch_of(settings, settings.actions_url)
    command = launch.command(settings.rasa_host, settings.rasa_port or RASA_PORT)
    os.chdir(ROOT)
    os.execve(command[0], command, launch.environment())  # noqa: S606  (the command is ours; no shell is wanted)
