"""`sauro backup` and `sauro restore`: everything that can not be made again, as one file and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.messages.catalog import Lang, message

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from knowledge.errors import BadBackup

File = Annotated[Path, typer.Argument(help=message("backup.file_help"))]


def backup(file: File) -> None:
    """Write a backup while the service goes on."""
    from bot.cli.stores import opened
    from bot.cli.terminal import fail
    from knowledge.errors import LedgerBroken
    from knowledge.store.backup import back_up

    partial = file.with_name(file.name + ".part")
    with opened() as (settings, stores):
        lang = settings.language
        if file.exists():
            fail(message("backup.exists", lang, file=file))
        try:
            # What people wrote and hashes of their tokens are in it: for its owner alone.
            partial.unlink(missing_ok=True)
            partial.touch(mode=0o600, exist_ok=False)
            with partial.open("wb") as out:
                kept = back_up(stores.database, stores.head, stores.evidence, out, file.absolute().parent)
            partial.replace(file)
        except LedgerBroken as error:
            why = message(f"ledger.fault_{error.details['reason']}", lang)
            fail(message("backup.ledger_broken", lang, row=f"SR-{error.details['seq']:06d}", why=why))
        except OSError as error:
            fail(message("backup.not_written", lang, file=file, reason=error.strerror or error))
        finally:
            partial.unlink(missing_ok=True)
        print(message("backup.made", lang, file=file, entries=kept.entries, rows=kept.rows, files=kept.files))


def restore(
    file: File,
    replace: Annotated[bool, typer.Option("--replace", help=message("restore.replace_help"))] = False,
) -> None:
    """Put a backup in place: all of it, or nothing."""
    from bot.cli.stores import opened
    from bot.cli.terminal import fail
    from knowledge.errors import BadBackup
    from knowledge.store.backup import restore as put_back

    with opened(migrated=False) as (settings, stores):
        lang = settings.language
        if not file.is_file():
            fail(message("restore.no_file", lang, file=file))
        try:
            settings.var.mkdir(parents=True, exist_ok=True)
            kept = put_back(
                stores.database, stores.head, stores.evidence, file, settings.var, _migrate, replace=replace
            )
        except BadBackup as error:
            fail(_refusal(error, lang))
        except OSError as error:
            fail(message("restore.disk", lang, reason=error.strerror or error))
        told = {"made_at": kept.made_at, "entries": kept.entries, "rows": kept.rows, "files": kept.files}
        print(message("restore.done", lang, **told))
        if kept.lost:
            print(message("restore.lost", lang, count=kept.lost))


def _migrate(connection: Connection, revision: str) -> None:
    from alembic.util import CommandError

    from bot.migrations.upgrade import migrate
    from knowledge.errors import BadBackup

    try:
        migrate(connection, revision)
    except CommandError as error:
        raise BadBackup(str(error), reason="newer") from error


def _refusal(error: BadBackup, lang: Lang) -> str:
    values = dict(error.details)
    if values["reason"] == "ledger":
        values |= {"row": f"SR-{values['seq']:06d}", "why": message(f"ledger.fault_{values['fault']}", lang)}
    return message(f"restore.{values['reason']}", lang, **values)
