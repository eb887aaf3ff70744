"""An encoder can be trained from a plain corpus, the same twice, and served from what was saved."""

import lzma
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import SearchError
from knowledge.search.encoder import StaticEncoder
from knowledge.search.evaluation import RetrievalSet
from knowledge.search.training.corpus import Paragraph, Titled, TrainingCorpus, read_corpus
from knowledge.search.training.fit import fit, save
from knowledge.search.training.pairs import LONGEST, Pair, make_pairs
from knowledge.search.training.vocabulary import learn_vocabulary

SUBJECTS = {
    "kênh tưới": "nước về đồng cho vụ lúa hè thu của bà con nông dân",
    "cầu cảng": "tàu hàng cập bến bốc dỡ suốt ngày đêm không nghỉ",
    "thư viện": "bạn đọc mượn sách cổ và tra cứu tài liệu trên mạng",
    "xe buýt": "hành khách đi lại trong phố bằng xe chạy điện êm và sạch",
}
PLACES = ("phía đông", "phía tây", "phía nam", "phía bắc", "trung tâm", "ngoại ô")


@pytest.fixture(scope="module")
def corpus() -> TrainingCorpus:
    lines = [
        Paragraph(
            what,
            f"Công trình {what} ở {where} được tỉnh sửa chữa; {use}. Từ nay {use}, việc này do {what} {where} làm.",
        )
        for (what, use), where in product(SUBJECTS.items(), PLACES)
    ]
    titled = [
        Titled(f"Quy định về {what}", (f"Mọi người được hưởng lợi: {use}, theo giờ giấc ghi ở cổng.",))
        for what, use in SUBJECTS.items()
    ]
    return TrainingCorpus(tuple(lines), tuple(titled))


def trained(pairs: dict[str, list[Pair]], folder: Path, batch: int = 64) -> tuple[StaticEncoder, list[float]]:
    tokenizer = learn_vocabulary([text for two in pairs.values() for pair in two for text in pair] * 10)
    losses: list[float] = []
    save(fit(tokenizer, pairs, 32, 1, lambda step, steps, loss: losses.append(loss), batch), folder)
    return StaticEncoder(folder), losses


def test_the_same_corpus_and_seed_give_the_same_model(corpus: TrainingCorpus, tmp_path: Path) -> None:
    texts = [p.text for p in corpus.paragraphs]
    first, losses = trained(make_pairs(corpus, 200, 1), tmp_path / "first")
    again, _ = trained(make_pairs(corpus, 200, 1), tmp_path / "again")
    np.testing.assert_array_equal(first.encode(texts), again.encode(texts))
    assert np.isfinite(losses).all()
    assert first.dimension == 32


def test_names_learn_what_they_are_used_with(tmp_path: Path) -> None:
    encoder, losses = trained({"titles": list(SUBJECTS.items()) * 50}, tmp_path, batch=len(SUBJECTS))
    names, uses = encoder.encode(list(SUBJECTS)), encoder.encode(list(SUBJECTS.values()))
    assert (names @ uses.T).argmax(axis=1).tolist() == list(range(len(SUBJECTS)))
    assert losses[-1] < losses[0] / 2


def test_each_kind_of_pair_joins_what_belongs_together(corpus: TrainingCorpus) -> None:
    pairs = make_pairs(corpus, 1000, 1)
    texts = [p.text for p in corpus.paragraphs]
    follows = set(pairwise(texts))
    assert set(pairs) == {"neighbours", "sentences", "snippets", "titles"}
    assert all(pair in follows for pair in pairs["neighbours"])
    assert len(pairs["neighbours"]) == len(SUBJECTS) * (len(PLACES) - 1)
    words = {tuple(sorted(t.split())) for t in texts}
    assert all(tuple(sorted(f"{a} {b}".split())) in words for a, b in pairs["sentences"])
    assert all(a in b and 4 <= len(a.split()) <= 12 for a, b in pairs["snippets"])
    assert sorted(pairs["titles"]) == sorted((t.title, t.fields[0]) for t in corpus.titled)


def test_the_number_of_pairs_is_shared_among_the_kinds(corpus: TrainingCorpus) -> None:
    drawn = make_pairs(corpus, 20, 1)
    assert {kind: len(two) for kind, two in drawn.items()} == {
        "neighbours": 7,
        "sentences": 7,
        "snippets": 4,
        "titles": 2,
    }
    assert make_pairs(corpus, 20, 1) == drawn != make_pairs(corpus, 20, 2)


def test_long_texts_are_cut() -> None:
    pairs = make_pairs(TrainingCorpus((Paragraph("a", "kênh tưới. " * 200),) * 2, ()), 100, 1)
    assert max(len(text) for two in pairs.values() for pair in two for text in pair) == LONGEST


def test_a_corpus_without_pairs_is_an_error() -> None:
    with pytest.raises(SearchError):
        make_pairs(TrainingCorpus((Paragraph("a", "ngắn"),), ()), 100, 1)


def test_paragraphs_and_titled_texts_are_read_plain_or_compressed(tmp_path: Path) -> None:
    lines, objects = tmp_path / "lines.txt.xz", tmp_path / "texts.jsonl"
    with lzma.open(lines, "wt", encoding="utf-8") as out:
        out.write("tin\tMột  đoạn\nĐoạn không nguồn\n")
    objects.write_text(
        '{"ten": "Cấp phép", "buoc": "Nộp đơn", "tom_tat": "Cấp phép là gì", "so": 3}\n', encoding="utf-8"
    )
    assert read_corpus([lines, objects], "ten") == TrainingCorpus(
        (Paragraph("tin", "Một đoạn"), Paragraph("", "Đoạn không nguồn")), (Titled("Cấp phép", ("Nộp đơn",)),)
    )


def test_what_is_held_out_is_not_learned_from() -> None:
    corpus = TrainingCorpus(
        (Paragraph("a", "Giữ lại"), Paragraph("a", "Học"), Paragraph("a", "Dòng hai")),
        (Titled("Hỏi gì", ("x",)), Titled("Khác", ("y",))),
    )
    held = RetrievalSet(("Giữ  lại\nDòng hai",), ("Hỏi gì",), (frozenset({0}),))
    assert corpus.without(held) == TrainingCorpus((Paragraph("a", "Học"),), (Titled("Khác", ("y",)),))


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.jsonl", b'{"title": "x"}\nnot json\n', 2),
        ("a.jsonl", b'{"name": "x"}\n', 1),
        ("a.jsonl", b'{"title": 5}\n', 1),
        ("a.jsonl", b"[]\n", 1),
        ("a.txt", b"good\n\xff\xfe\n", 1),
        ("a.txt.xz", b"not xz", 1),
    ],
)
def test_a_corpus_that_can_not_be_read_is_refused_with_its_line(
    tmp_path: Path, name: str, content: bytes, line: int
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(SearchError) as error:
        read_corpus([file], "title")
    assert error.value.details == {"file": str(file), "line": line}
