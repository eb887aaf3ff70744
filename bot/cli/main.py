"""The `sauro` command: one module per command, put together here.

Command modules keep heavy imports inside their functions, so that `sauro --help` answers at once.
"""

from __future__ import annotations

import typer

from bot.cli.accounts import accounts
from bot.cli.agencies import agencies
from bot.cli.ask import ask
from bot.cli.backup import backup, restore
from bot.cli.channels import channels
from bot.cli.chat import chat
from bot.cli.collections import collections
from bot.cli.conversations import conversations
from bot.cli.diff import diff
from bot.cli.evaluate import evaluation
from bot.cli.feedback import feedback
from bot.cli.ingest import ingest
from bot.cli.ledger import ledger
from bot.cli.serve import serve
from bot.cli.train import training
from bot.cli.zalo import zalo
from bot.cli.zalo_sim import zalo_sim
from bot.messages.catalog import message

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command(help=message("serve.help"))(serve)
app.command(help=message("ask.help"))(ask)
app.command(help=message("chat.help"))(chat)
app.command("ingest", help=message("ingest.help"))(ingest)
app.command("diff", help=message("diff.help"))(diff)
app.add_typer(accounts, name="accounts")
app.add_typer(agencies, name="agencies")
app.command("backup", help=message("backup.help"))(backup)
app.command("restore", help=message("restore.help"))(restore)
app.add_typer(ledger, name="ledger")
app.add_typer(conversations, name="conversations")
app.add_typer(collections, name="collections")
app.add_typer(feedback, name="feedback")
app.add_typer(channels, name="channels")
app.add_typer(zalo, name="zalo")
app.command("zalo-sim", help=message("zalosim.help"))(zalo_sim)
app.add_typer(evaluation, name="eval")
app.add_typer(training, name="train")


def main() -> None:
    """Entry point of the `sauro` script."""
    app()
