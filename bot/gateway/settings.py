"""The one settings module: every `SAURO_*` variable, its default and what makes it bad.

Start-up calls `load`, which raises `BadSetting` with one line that names the variable and the reason.
"""

from __future__ import annotations

import os
import secrets
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.messages.catalog import message

ROOT = Path(__file__).resolve().parents[2]
SECRET_MINIMUM = 32
PREFIX = "SAURO_"


SignedIn = Literal["staff", "leader", "editor", "admin"]


class BadSetting(Exception):
    """A setting is missing or bad; the text is one line that says which one and why."""


class Settings(BaseSettings):
    """Values from the environment. Field `x_y` is the variable `SAURO_X_Y`; docs/operations.md describes each."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    url: str = "http://127.0.0.1:8000"
    var: Path = ROOT / "var"
    database_url: str = ""
    secret: SecretStr | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["console", "json"] = "console"
    language: Literal["vi", "en"] = "vi"
    today: date | None = None
    public_progress: bool = False
    draft_minutes: float = Field(30.0, gt=0)
    contact: str = ""
    encoder: str = ""  # `knowledge.search.encoder` reads the variable itself: the encoder is the same for every process and command
    sign_in_hours: int = Field(12, ge=1, le=24 * 30)
    oidc_issuer: str = ""
    oidc_client_id: str = Field("", validate_default=True)
    oidc_client_secret: SecretStr | None = None
    oidc_scopes: str = "openid profile"
    oidc_role_claim: str = "role"
    oidc_roles: Annotated[dict[str, SignedIn], NoDecode] = {}
    oidc_agency_claim: str = "agency"
    oidc_agencies: Annotated[dict[str, str], NoDecode] = {}
    oidc_redirect_url: str = ""
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    staff_origins: Annotated[tuple[str, ...], NoDecode] = ()
    retention_days: int = Field(180, ge=0, le=3650)
    message_limit: int = Field(2000, ge=100, le=20000)
    body_limit: int = Field(64 * 1024, ge=1024)
    evidence_max_bytes: int = Field(10 * 1024 * 1024, ge=1024)
    evidence_quota_bytes: int = Field(1024 * 1024 * 1024, ge=1024)
    evidence_days: int = Field(30, ge=0, le=3650)
    rate_burst: int = Field(40, ge=1)
    rate_per_minute: int = Field(240, ge=1)
    drain_seconds: float = Field(20.0, ge=0)
    engines: int = Field(1, ge=1, le=16)
    rasa_url: str = ""
    rasa_host: str = "127.0.0.1"
    rasa_port: int = Field(0, ge=0, le=65535)
    rasa_token: SecretStr | None = None
    rasa_python: Path = ROOT / "bot/dialogue/.venv/bin/python"
    rasa_model: Path = ROOT / "bot/dialogue/models/sauro.tar.gz"
    rasa_seconds: float = Field(20.0, gt=0)
    rasa_start_seconds: float = Field(180.0, gt=0)
    actions_url: str = ""
    actions_host: str = "127.0.0.1"
    actions_port: int = Field(0, ge=0, le=65535)
    actions_token: SecretStr | None = None
    zalo_app_id: str = ""
    zalo_app_secret: SecretStr = SecretStr("")
    zalo_oa_secret: SecretStr = SecretStr("")
    zalo_refresh_token: SecretStr = SecretStr("")
    zalo_patience: float = Field(10.0, ge=0)
    zalo_api: str = "https://openapi.zalo.me"
    zalo_oauth: str = "https://oauth.zaloapp.com"
    zalo_file_hosts: str = "zdn.vn,zadn.vn,zaloapp.com,zalo.me,dlfl.vn"

    @field_validator("cors_origins", "staff_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(v.strip() for v in value.split(",") if v.strip()) if isinstance(value, str) else value

    @field_validator("oidc_roles", "oidc_agencies", mode="before")
    @classmethod
    def _pairs(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pairs = [pair.partition("=") for pair in value.split(";") if pair.strip()]
        if not all(theirs.strip() and ours.strip() for theirs, _, ours in pairs):
            raise ValueError("value=name; value=name")
        return {theirs.strip(): ours.strip() for theirs, _, ours in pairs}

    @field_validator("oidc_client_id")
    @classmethod
    def _client(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("oidc_issuer") and not value:
            raise ValueError(message("setting.need_oidc_client"))
        return value

    @field_validator("oidc_issuer", "oidc_redirect_url")
    @classmethod
    def _private(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise ValueError("https://")
        return value

    @field_validator("url", "rasa_url", "actions_url", "oidc_issuer", "oidc_redirect_url", "zalo_api", "zalo_oauth")
    @classmethod
    def _http(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError("http(s)://host[:port]")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _zalo_secrets(self) -> Self:
        """A channel whose calls nobody could tell from forged ones does not start."""
        if self.zalo_app_id:
            for field in ("zalo_oa_secret", "zalo_app_secret"):
                if not getattr(self, field).get_secret_value().strip():
                    raise PydanticCustomError(field, message("setting.need_zalo_secret"))
        return self

    @field_validator("secret", "rasa_token", "actions_token")
    @classmethod
    def _long(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < SECRET_MINIMUM:
            raise ValueError(message("setting.secret_short", minimum=SECRET_MINIMUM))
        return value

    @property
    def database(self) -> str:
        """SQLAlchemy URL of the database: the setting, or a SQLite file in `var`."""
        return self.database_url or f"sqlite:///{self.var / 'sauro.db'}"


def load(**overrides: object) -> Settings:
    """Read the environment; `overrides` are field values that win over it (command-line options), None is not given.

    Raises:
        BadSetting: a variable can not be used.
    """
    try:
        return Settings(**{k: v for k, v in overrides.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        # What is wrong with several together is named by the error's type.
        name = PREFIX + str(first["loc"][0] if first["loc"] else first["type"]).upper()
        why = first["msg"].removeprefix("Value error, ")
        raise BadSetting(message("setting.bad", name=name, why=why)) from None


def require(settings: Settings, field: str, reason: str) -> None:
    """Raise `BadSetting` when a field that this way of running needs is not set; `reason` is a message key."""
    if not getattr(settings, field):
        raise BadSetting(message("setting.missing", name=PREFIX + field.upper(), why=message(reason)))


def secret_of(settings: Settings) -> bytes:
    """The signing secret: the setting, or one made on first use and kept in `var/secret`, readable by its owner only.

    Raises:
        BadSetting: the file can not be read or written.
    """
    if settings.secret is not None:
        return settings.secret.get_secret_value().encode()
    path = settings.var / "secret"
    try:
        settings.var.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass
        value = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = message("setting.secret_unreadable", path=path, reason=error)
        raise BadSetting(message("setting.bad", name="SAURO_SECRET", why=why)) from error
    if len(value) < SECRET_MINIMUM:
        why = message("setting.secret_short", minimum=SECRET_MINIMUM)
        raise BadSetting(message("setting.bad", name=f"SAURO_SECRET ({path})", why=why))
    return value.encode()
