"""Train the dialogue model, unless it is there already and nothing it was made from has changed.

    bot/dialogue/.venv/bin/python bot/dialogue/train.py [--force]

Run by the dialogue engine's interpreter. The model is `models/sauro.tar.gz`; beside it lies the fingerprint of its inputs.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
import time
import warnings
from pathlib import Path
from typing import Iterator

PROJECT = Path(__file__).resolve().parent
ROOT = PROJECT.parent.parent
DATA = tuple(ROOT / "nlu_data" / kind for kind in ("nlu", "rules", "stories"))
# What a model is made from: settings, data, and the code whose results are learned.
INPUTS = (
    PROJECT / "config.yml",
    PROJECT / "domain",
    PROJECT / "components",
    PROJECT / "train.py",
    PROJECT / "uv.lock",
    *DATA,
    ROOT / "knowledge" / "text",
)
MODELS = PROJECT / "models"
NAME = "sauro"
MODEL = MODELS / f"{NAME}.tar.gz"
FINGERPRINT = MODELS / f"{NAME}.inputs"


def main() -> int:
    """Train if needed; exit code 1 and one line on standard error when it fails."""
    current = fingerprint()
    if "--force" not in sys.argv[1:] and up_to_date(current):
        print("dialogue model: up to date")
        return 0
    started = time.monotonic()
    print("dialogue model: loading Rasa", flush=True)
    try:
        train()
    except Exception as error:
        reason = str(error).strip().splitlines()
        print(f"dialogue model: training failed: {reason[0] if reason else type(error).__name__}", file=sys.stderr)
        return 1
    FINGERPRINT.write_text(current, encoding="ascii")
    print(f"dialogue model: trained in {time.monotonic() - started:.0f} s")
    return 0


def fingerprint() -> str:
    """Return the SHA-256 over the names and contents of every input file."""
    digest = hashlib.sha256()
    for path in input_files():
        digest.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def input_files() -> Iterator[Path]:
    """Yield every file a model is made from, in a fixed order."""
    for place in INPUTS:
        found = sorted(place.rglob("*")) if place.is_dir() else [place]
        yield from (p for p in found if p.is_file() and "__pycache__" not in p.parts)


def up_to_date(current: str) -> bool:
    """Is there a model made from these inputs?"""
    return MODEL.is_file() and FINGERPRINT.is_file() and FINGERPRINT.read_text(encoding="ascii") == current


def train() -> None:
    """Train on the inputs and write the model.

    Raises:
        Exception: whatever Rasa says about bad data; its text says which file.
    """
    # Rasa's own cache looks at a component's class alone, not at the modules it calls: nothing may be taken from it.
    os.environ.update(RASA_MAX_CACHE_SIZE="0", RASA_TELEMETRY_ENABLED="false")
    # No progress bars, no notes of its libraries; warnings about our data still show.
    os.environ.update(LOG_LEVEL="WARNING", SQLALCHEMY_SILENCE_UBER_WARNING="1")
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    from bot.dialogue import absent

    absent.register()
    import rasa
    import structlog

    from bot.dialogue import lean

    lean.apply_to_training()

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    # Rasa looks for its own entity extractors alone; ours learns what this warning says nothing would learn.
    warnings.filterwarnings("ignore", message="(?s).*entit.*your NLU configuration does not include")

    print("dialogue model: training", flush=True)
    FINGERPRINT.unlink(missing_ok=True)
    result = rasa.train(
        domain=str(PROJECT / "domain"),
        config=str(PROJECT / "config.yml"),
        training_files=[str(place) for place in DATA],
        output=str(MODELS),
        force_training=True,
        fixed_model_name=NAME,
    )
    if result.code != 0 or not MODEL.is_file():
        raise RuntimeError(f"Rasa ended with code {result.code}")


if __name__ == "__main__":
    sys.exit(main())
