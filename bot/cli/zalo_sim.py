"""`sauro zalo-sim`: a local server that plays Zalo, to try the channel where the platform can not be reached."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.messages.catalog import message


def zalo_sim(
    port: Annotated[int, typer.Option(help=message("zalosim.port_help"))] = 8090,
    target: Annotated[str, typer.Option(help=message("zalosim.target_help"))] = "http://127.0.0.1:8000/webhooks/zalo",
    faults: Annotated[float, typer.Option(min=0, max=1, help=message("zalosim.faults_help"))] = 0.0,
    pace: Annotated[float, typer.Option(min=0, help=message("zalosim.pace_help"))] = 1.0,
) -> None:
    """Play Zalo until interrupted."""
    import uvicorn

    from bot.cli.terminal import Teller, configured
    from bot.zalosim.app import simulator
    from bot.zalosim.world import Faults, World

    lang = configured().language
    world = World(faults=Faults(rate=faults))
    say = Teller(lang)
    url = f"http://127.0.0.1:{port}"
    say("zalosim.ready", url=url)
    for line in (
        f"SAURO_ZALO_APP_ID={world.app_id}",
        f"SAURO_ZALO_APP_SECRET={world.app_secret}",
        f"SAURO_ZALO_OA_SECRET={world.oa_secret}",
        f"SAURO_ZALO_REFRESH_TOKEN={world.refresh}",
        f"SAURO_ZALO_API={url}",
        f"SAURO_ZALO_OAUTH={url}",
        "SAURO_ZALO_FILE_HOSTS=127.0.0.1",
    ):
        print(line)
    uvicorn.run(simulator(world, target, lang, pace), host="127.0.0.1", port=port, log_level="warning")
