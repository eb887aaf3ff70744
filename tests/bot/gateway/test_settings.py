import os
import re
import stat
from pathlib import Path

import pytest

from bot.gateway.settings import BadSetting, Settings, load, require, secret_of

DOCUMENT = Path(__file__).resolve().parents[3] / "docs/operations.md"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("SAURO_"):
            monkeypatch.delenv(name)


def test_every_setting_is_documented_and_nothing_else() -> None:
    section = DOCUMENT.read_text("utf-8").partition("## Cấu hình / Settings")[2].partition("\n## ")[0]
    documented = re.findall(r"^\| `(SAURO_\w+)` \|", section, re.MULTILINE)
    assert documented == [f"SAURO_{name.upper()}" for name in Settings.model_fields]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAURO_PORT", "80000"),
        ("SAURO_PORT", "tám nghìn"),
        ("SAURO_URL", "example.org"),
        ("SAURO_RASA_URL", "ftp://rasa"),
        ("SAURO_SECRET", "short"),
        ("SAURO_LOG_LEVEL", "loud"),
        ("SAURO_TODAY", "hôm nay"),
        ("SAURO_MESSAGE_LIMIT", "1"),
        ("SAURO_PUBLIC_PROGRESS", "maybe"),
        ("SAURO_OIDC_ISSUER", "http://id.example"),
        ("SAURO_OIDC_ROLES", "can-bo"),
        ("SAURO_OIDC_ROLES", "can-bo=vua"),
        ("SAURO_OIDC_AGENCIES", "07="),
    ],
)
def test_a_bad_setting_is_one_line_with_its_name_and_no_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting) as bad:
        load()
    line = str(bad.value)
    assert name in line
    assert "\n" not in line
    assert "short" not in line or name != "SAURO_SECRET"


def test_a_missing_setting_is_named() -> None:
    with pytest.raises(BadSetting, match=r"^Thiếu cấu hình SAURO_RASA_URL: .+\.$"):
        require(load(), "rasa_url", "setting.need_rasa_url")


def test_options_of_the_command_line_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAURO_PORT", "8001")
    assert (load(port=None).port, load(port=8002).port) == (8001, 8002)


def test_origins_are_a_list_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAURO_CORS_ORIGINS", "https://a.gov.vn, https://b.gov.vn")
    assert load().cors_origins == ("https://a.gov.vn", "https://b.gov.vn")


def test_a_provider_needs_the_id_it_knows_us_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAURO_OIDC_ISSUER", "https://id.example/")
    with pytest.raises(BadSetting, match="SAURO_OIDC_CLIENT_ID"):
        load()
    monkeypatch.setenv("SAURO_OIDC_CLIENT_ID", "sauro")
    assert load().oidc_issuer == "https://id.example"


def test_what_a_providers_values_mean_is_a_list_of_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAURO_OIDC_ROLES", "can-bo=staff; lanh-dao=leader;")
    monkeypatch.setenv("SAURO_OIDC_AGENCIES", "07=Sở Văn hóa, Thể thao và Du lịch")
    settings = load()
    assert settings.oidc_roles == {"can-bo": "staff", "lanh-dao": "leader"}
    assert settings.oidc_agencies == {"07": "Sở Văn hóa, Thể thao và Du lịch"}


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(var=tmp_path / "var")
    first = secret_of(settings)
    assert len(first) >= 32
    assert secret_of(settings) == first
    assert stat.S_IMODE((tmp_path / "var/secret").stat().st_mode) == 0o600


def test_a_secret_that_can_not_be_kept_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file, not a folder")
    with pytest.raises(BadSetting, match="SAURO_SECRET"):
        secret_of(Settings(var=tmp_path / "var"))


def test_a_truncated_secret_file_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("abc")
    with pytest.raises(BadSetting, match="SAURO_SECRET"):
        secret_of(Settings(var=tmp_path))


@pytest.mark.parametrize("given", ["SAURO_ZALO_OA_SECRET", "SAURO_ZALO_APP_SECRET", ""])
def test_the_zalo_channel_does_not_start_without_its_secrets(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SAURO_ZALO_APP_ID", "1")
    if given:
        monkeypatch.setenv(given, "secret")
    missing = "SAURO_ZALO_APP_SECRET" if given == "SAURO_ZALO_OA_SECRET" else "SAURO_ZALO_OA_SECRET"
    with pytest.raises(BadSetting, match=missing):
        load()
