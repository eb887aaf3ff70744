"""The shape of the source tree: who may import whom, where Vietnamese text may stand, documents that tell the truth.

Read from the files alone; nothing of the project is imported.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("knowledge", "actions", "bot", "setup", "benchmarks")
LONGEST_MODULE = 300

# Room -> rooms it may import from, besides itself. The longest matching name is a module's room.
MAY_IMPORT: dict[str, set[str]] = {
    "knowledge": {"knowledge"},
    "knowledge.text": {"knowledge.types", "knowledge.errors"},
    "knowledge.types": set(),
    "knowledge.errors": set(),
    "actions": {"knowledge"},
    "bot": set(),
    "bot.messages": set(),
    "bot.wire": set(),
    "bot.turns": {"bot.messages", "bot.wire", "knowledge"},
    "bot.channels": {"bot.messages", "bot.turns", "knowledge"},
    "bot.zalosim": {"bot.messages"},
    "bot.staff": {"bot.messages", "bot.channels", "bot.turns", "knowledge"},
    "bot.gateway": {"bot.messages", "bot.turns", "bot.channels", "bot.staff", "knowledge"},
    "bot.migrations": {"knowledge"},
    "bot.dialogue": {"bot.wire", "knowledge.text", "knowledge.types", "knowledge.errors"},
    "bot.cli": {"actions", "bot", "knowledge"},
    "setup": set(),
    "benchmarks": {"knowledge", "actions", "bot"},
}
STANDARD_LIBRARY_ONLY = ("knowledge.text", "knowledge.types", "knowledge.errors", "setup")
RUNS_ON_PYTHON_310 = ("knowledge.text", "knowledge.types", "knowledge.errors", "bot.dialogue", "bot.wire")
LIBRARIES_KEPT_OUT = {"knowledge": {"fastapi", "starlette", "uvicorn", "httpx", "rasa", "rasa_sdk", "typer", "rich"}}

VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:root|work)/\w|\.\./shared\b")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")


def modules(room: str = "") -> list[Path]:
    """Our Python modules, of one room or of all."""
    found = (path for top in OURS for path in (ROOT / top).rglob("*.py") if ".venv" not in path.parts)
    return sorted(path for path in found if not room or within(name_of(path), room))


def name_of(path: Path) -> str:
    """Dotted name: `knowledge/text/fold.py` is `knowledge.text.fold`."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def within(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def room_of(name: str) -> str:
    return max((room for room in MAY_IMPORT if within(name, room)), key=len)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and absolute name of everything a module imports, at any depth; relative imports are not used here."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every string literal but those that document (standing alone) or are patterns that read a source."""
    passed_over = {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            passed_over |= {id(inner) for argument in node.args for inner in ast.walk(argument)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed_over:
            yield node.lineno, node.value


def at(path: Path, line: int, what: str) -> str:
    return f"{path.relative_to(ROOT)}:{line} {what}"


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def outline(text: str) -> list[int]:
    """Depth of each heading, in order."""
    return [len(marks) for marks in re.findall(r"^(#+) ", text, flags=re.MULTILINE)]


def commands(text: str) -> list[str]:
    """First two words of each command shown in a block: `make serve`, `sauro ask`."""
    return re.findall(r"^(?:make|docker|\.venv/bin/sauro|git) \S+", text, flags=re.MULTILINE)


def test_imports_point_one_way() -> None:
    wrong = [
        at(path, line, imported)
        for path in modules()
        for line, imported in imports(path)
        if imported.split(".")[0] in OURS
        and not any(within(imported, room) for room in MAY_IMPORT[room_of(name_of(path))] | {room_of(name_of(path))})
    ]
    assert wrong == []


def test_the_library_knows_nothing_of_the_web_or_of_the_dialogue_engine() -> None:
    wrong = [
        at(path, line, imported)
        for room, libraries in LIBRARIES_KEPT_OUT.items()
        for path in modules(room)
        for line, imported in imports(path)
        if imported.split(".")[0] in libraries
    ]
    assert wrong == []


@pytest.mark.parametrize("room", STANDARD_LIBRARY_ONLY)
def test_these_rooms_need_the_standard_library_alone(room: str) -> None:
    wrong = [
        at(path, line, imported)
        for path in modules(room)
        for line, imported in imports(path)
        if (top := imported.split(".")[0]) not in OURS and top not in sys.stdlib_module_names
    ]
    assert wrong == []


@pytest.mark.parametrize("room", RUNS_ON_PYTHON_310)
def test_what_the_dialogue_engine_uses_is_written_in_python_310(room: str) -> None:
    newer = {"tomllib", "wsgiref.types", "datetime.UTC", "enum.StrEnum", "typing.Self", "typing.assert_never"}
    for path in modules(room):
        ast.parse(path.read_text("utf-8"), filename=str(path), feature_version=(3, 10))
    wrong = [at(path, line, name) for path in modules(room) for line, name in imports(path) if name in newer]
    assert wrong == []


def test_the_library_package_itself_is_empty() -> None:
    assert (ROOT / "knowledge" / "__init__.py").read_bytes() == b""


def test_training_data_holds_no_code() -> None:
    assert list((ROOT / "nlu_data").rglob("*.py")) == []


def test_vietnamese_text_stands_in_data_files_alone() -> None:
    """The product's name and single letters are no text; tables of diacritics and of word pieces are data of `knowledge.text`."""
    wrong = [
        at(path, line, repr(text))
        for path in modules()
        if not within(name_of(path), "knowledge.text")
        for line, text in texts(path)
        if VIETNAMESE.search(text) and len(text) > 1 and text != "Sáu Rõ"
    ]
    assert wrong == []


def test_every_module_says_why_it_exists() -> None:
    wordless = [path for path in modules() if path.stat().st_size and ast.get_docstring(tree(path)) is None]
    assert [str(path.relative_to(ROOT)) for path in wordless] == []


def test_modules_are_short() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_nothing_is_left_unfinished_or_bound_to_one_machine() -> None:
    files = [*modules(), *documents(), *(ROOT / "tests").rglob("*.py"), ROOT / "Makefile", ROOT / "docker-compose.yml"]
    wrong = [
        at(path, number, line.strip())
        for path in files
        if path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if MACHINE_PATH.search(line) or UNFINISHED.search(line)
    ]
    assert wrong == []


def test_every_link_in_the_documents_leads_somewhere() -> None:
    link = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
    wrong = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in documents()
        for target in link.findall(document.read_text("utf-8"))
        if "://" not in target and not target.startswith("mailto:") and not (document.parent / target).exists()
    ]
    assert wrong == []


def test_both_readmes_have_the_same_sections_and_show_the_same_commands() -> None:
    vietnamese, english = (ROOT / "README.md").read_text("utf-8"), (ROOT / "README.en.md").read_text("utf-8")
    assert outline(vietnamese) == outline(english)
    assert commands(vietnamese) == commands(english)


def test_every_make_target_that_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    named = {
        name
        for document in documents()
        for name in re.findall(r"(?:^|`)make ([a-z-]+)", document.read_text("utf-8"), flags=re.MULTILINE)
    }
    assert named <= targets
