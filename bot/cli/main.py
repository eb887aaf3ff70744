"""The `sauro` command: one module per command, put together here.

Command modules keep heavy imports inside their functions, so that `sauro --help` answers at once.
"""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def main() -> None:
    """Entry point of the `sauro` script."""
    app()
