# The dialogue engine: Rasa in its own locked environment, with the model trained while the image is built.
FROM python:3.10-slim-bookworm AS build

ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never RASA_TELEMETRY_ENABLED=false
WORKDIR /app

ARG UV=uv==0.13.9
RUN pip install --no-cache-dir "$UV"
COPY bot/dialogue/pyproject.toml bot/dialogue/uv.lock bot/dialogue/
RUN uv sync --project bot/dialogue --frozen

COPY knowledge knowledge
COPY nlu_data nlu_data
COPY bot/__init__.py bot/wire.py bot/
COPY bot/dialogue bot/dialogue
RUN bot/dialogue/.venv/bin/python bot/dialogue/train.py

FROM python:3.10-slim-bookworm

RUN useradd --uid 10001 --no-create-home --home-dir /tmp sauro
ENV PATH=/app/bot/dialogue/.venv/bin:$PATH PYTHONPATH=/app PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PYTHONWARNINGS=ignore \
    HOME=/tmp RASA_TELEMETRY_ENABLED=false SQLALCHEMY_SILENCE_UBER_WARNING=1
WORKDIR /app
COPY --from=build /app /app
COPY docker/probe.py docker/endpoints.yml docker/
USER 10001:10001
EXPOSE 5005
