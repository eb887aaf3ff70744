"""`sauro collections`: bring in records with named fields (procedures, services...) as a second kind of document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.messages.catalog import message

collections = typer.Typer(no_args_is_help=True, help=message("collections.help"))


@collections.command("import", help=message("collections.import_help"))
def bring_in(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=message("collections.file_help"))],
    ident: Annotated[str, typer.Option("--id", help=message("collections.id_help"))],
    name: Annotated[str, typer.Option(help=message("collections.name_help"))],
    key: Annotated[str, typer.Option(help=message("collections.key_help"))],
    title: Annotated[str, typer.Option(help=message("collections.title_help"))],
    fields: Annotated[list[str], typer.Option(help=message("collections.fields_help"))],
) -> None:
    """Read a JSONL file and keep its records under `var/collections`; a running service takes them up by itself."""
    from bot.cli.terminal import configured, fail
    from knowledge.collections.records import About, read_records, write_collection
    from knowledge.errors import CollectionError

    settings = configured()
    pairs = [pair.partition("=") for one in fields for pair in one.split(",")]
    if not all(kind and field for kind, _, field in pairs):
        fail(message("collections.bad_fields", settings.language))
    about = About(ident, name, key, title, {kind.strip(): field.strip() for kind, _, field in pairs})
    try:
        collection = read_records(file, about)
    except CollectionError as error:
        details = {"line": 0, "field": "", **error.details}
        fail(message(f"collections.bad_{error.details['reason']}", settings.language, file=file, **details))
    write_collection(collection, settings.var / "collections")
    print(message("collections.done", settings.language, records=len(collection.entries), name=name))


@collections.command("list", help=message("collections.list_help"))
def show() -> None:
    """Print what has been brought in."""
    from bot.cli.terminal import configured, fail
    from knowledge.collections.records import read_collections
    from knowledge.errors import CollectionError

    settings = configured()
    try:
        found = read_collections(settings.var / "collections")
    except CollectionError as error:
        fail(message("collections.bad_damaged", settings.language, folder=error.details["folder"]))
    for c in found:
        told = {"id": c.about.id, "name": c.about.name, "records": len(c.entries), "fields": ", ".join(c.about.fields)}
        print(message("collections.row", settings.language, **told))
    if not found:
        print(message("collections.none", settings.language))


@collections.command("remove", help=message("collections.remove_help"))
def remove(ident: Annotated[str, typer.Argument(help=message("collections.id_help"))]) -> None:
    """Take a collection away."""
    import shutil

    from bot.cli.terminal import configured, fail
    from knowledge.collections.records import MANIFEST

    settings = configured()
    folder = settings.var / "collections"
    place = next((m.parent for m in folder.glob(f"*/{MANIFEST}") if m.parent.name == ident), None)
    if place is None:
        fail(message("collections.unknown", settings.language, id=ident))
    shutil.rmtree(place)
    print(message("collections.removed", settings.language, id=ident))
