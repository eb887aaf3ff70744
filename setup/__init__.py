"""From a fresh clone to a working checkout: `setup/run`, which `make` calls before everything else.

Runs on a bare Python 3.11 or later (standard library only), because nothing is installed yet. What it makes:

    .tools/uv/            the package installer uv, when the machine has none that works
    .venv/                the application, from uv.lock, and PyTorch
    bot/dialogue/.venv/   the dialogue engine, from its own uv.lock
    bot/dialogue/models/  the trained dialogue model
"""
