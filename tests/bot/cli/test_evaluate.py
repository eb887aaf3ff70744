"""`sauro eval retrieval` prints one row of figures per search, or one line that says what is wrong."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app

SET = Path(__file__).parents[2] / "data" / "retrieval.jsonl"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["eval", "retrieval", *arguments], env={"COLUMNS": "120"})


def figures(output: str) -> dict[str, list[float]]:
    rows = (re.split(r"\s*│\s*", line.strip("│ \n")) for line in output.splitlines() if line.startswith("│"))
    return {name: [float(cell) for cell in cells] for name, *cells in rows}


@pytest.mark.parametrize("options", [(), ("--no-diacritics",)])
def test_lexical_dense_and_hybrid_are_measured(options: tuple[str, ...]) -> None:
    result = run(str(SET), *options)
    rows = figures(result.output)
    assert result.exit_code == 0
    assert [name.split()[0] for name in rows] == ["lexical", "dense", "hybrid"]
    assert all(0 <= cell <= 100 for cells in rows.values() for cell in cells[:3])


def test_the_sweep_prints_every_weight() -> None:
    names = figures(run(str(SET), "--sweep").output)
    assert {f"hybrid 0.{tenths}0" for tenths in range(1, 10)} <= set(names)


def test_a_bad_set_ends_with_one_line(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text('{"doc": 1, "text": "a"}\nnot json\n', encoding="utf-8")
    result = run(str(file))
    assert result.exit_code == 1
    assert result.stderr.strip().replace("\n", "") == f"✗ {file}, dòng 2: không đúng dạng của bộ câu hỏi tìm kiếm."


def test_an_unknown_encoder_ends_with_one_line() -> None:
    result = run(str(SET), "--encoder", "no-such/model")
    assert result.exit_code == 1
    assert result.stderr.startswith("✗ Không nạp được bộ mã hóa no-such/model: ")
