# The application: gateway and actions. PyTorch is the CPU build; its version is the one that pyproject.toml names.
FROM python:3.11-slim-bookworm AS build

ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /app

COPY pyproject.toml uv.lock ./
COPY docker/wanted.py docker/wanted.py
RUN pip install --no-cache-dir "$(python docker/wanted.py uv)"
RUN uv sync --frozen --inexact --no-dev --no-install-project
RUN uv pip install --directory /tmp --python /app/.venv/bin/python --no-deps --default-index "$TORCH_INDEX" \
    "$(python docker/wanted.py torch)"

COPY README.md ./
COPY knowledge knowledge
COPY actions actions
COPY bot bot
RUN uv sync --frozen --inexact --no-dev

FROM python:3.11-slim-bookworm

RUN useradd --uid 10001 --no-create-home --home-dir /tmp sauro && install -d -o sauro -g sauro /var/lib/sauro
ENV PATH=/app/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOME=/tmp HF_HUB_OFFLINE=1
WORKDIR /app
COPY --from=build /app /app
COPY docker/probe.py docker/probe.py
USER 10001:10001
EXPOSE 8000 5055
