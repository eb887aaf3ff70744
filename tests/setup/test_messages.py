"""What set-up says: both languages, one line each, nothing unused or missing."""

from __future__ import annotations

import re
import tomllib

from setup.project import ROOT

TEXTS = tomllib.loads((ROOT / "bot" / "messages" / "setup.toml").read_text("utf-8"))
SPOKEN = re.compile(r'(?:say|SetupError|Step|close)\(\s*"(\w+)"|otherwise="(\w+)"')


def test_both_languages_say_the_same_things_with_the_same_values() -> None:
    fields = {lang: {key: set(re.findall(r"{(\w+)}", text)) for key, text in TEXTS[lang].items()} for lang in TEXTS}
    assert fields["vi"] == fields["en"]


def test_every_message_is_one_line() -> None:
    assert [text for texts in TEXTS.values() for text in texts.values() if "\n" in text] == []


def test_every_message_is_said_somewhere_and_every_one_said_exists() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted((ROOT / "setup").glob("*.py")))
    said = {first or second for first, second in SPOKEN.findall(source)}
    assert said == set(TEXTS["vi"])
