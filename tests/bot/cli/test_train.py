"""`sauro train encoder` writes a model that `sauro eval retrieval` can use."""

from pathlib import Path

from typer.testing import CliRunner

from bot.cli.main import app

SET = Path(__file__).parents[2] / "data" / "retrieval.jsonl"
SUBJECTS = ("kênh tưới và đồng lúa", "cầu cảng và tàu hàng", "thư viện và sách cổ")


def test_a_model_is_trained_and_can_be_measured(tmp_path: Path) -> None:
    corpus, out = tmp_path / "corpus.txt", tmp_path / "model"
    lines = (
        f"tin\tTỉnh dành vốn cho {s} lần thứ {i}. Người dân quanh {s} vui mừng đón nhận."
        for s in SUBJECTS
        for i in range(20)
    )
    corpus.write_text("\n".join(lines), encoding="utf-8")
    trained = CliRunner().invoke(app, ["train", "encoder", str(corpus), "--out", str(out), "--dimension", "16"])
    assert trained.exit_code == 0, trained.output
    assert sorted(p.name for p in out.iterdir()) == [
        "config_sentence_transformers.json", "model.safetensors", "modules.json", "tokenizer.json",
    ]  # fmt: skip
    measured = CliRunner().invoke(app, ["eval", "retrieval", str(SET), "--encoder", str(out)])
    assert measured.exit_code == 0, measured.output


def test_a_corpus_too_small_ends_with_one_line(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.txt"
    corpus.write_text("ngắn\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["train", "encoder", str(corpus), "--out", str(tmp_path / "model")])
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "✗ Ngữ liệu quá ít: không tạo được cặp văn bản nào để huấn luyện."
