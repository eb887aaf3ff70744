"""The shipped encoder gives sentence-transformers' vectors without torch; others are loaded by name or path, or refused."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import EncoderError
from knowledge.search.encoder import SHIPPED, Encoder, SentenceEncoder, StaticEncoder, load_encoder
from knowledge.search.evaluation import RetrievalSet
from knowledge.text.fold import fold

ODD = ("", "🙂", "\x00", "…", "A" * 5000, "Ủy ban nhân dân tỉnh", "R&D 6G 01/4/2025 80 %", "đĐ", "e\u0302\u0301")


def test_the_shipped_model_gives_the_vectors_of_sentence_transformers(encoder: Encoder, data: RetrievalSet) -> None:
    from sentence_transformers import SentenceTransformer  # takes seconds, which only this test needs

    texts = [*data.texts, *data.queries, *ODD]
    theirs = SentenceTransformer(str(SHIPPED), device="cpu").float().encode(texts, normalize_embeddings=True)
    np.testing.assert_allclose(encoder.encode(texts), theirs, atol=1e-6)


def test_vectors_have_length_one_and_texts_without_words_have_none(encoder: Encoder) -> None:
    vectors = encoder.encode(["Ủy ban nhân dân tỉnh", "", "…"])
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 0], atol=1e-6)


def test_text_with_and_without_diacritics_is_one_to_the_encoder(encoder: Encoder, data: RetrievalSet) -> None:
    np.testing.assert_array_equal(encoder.encode(data.texts), encoder.encode([fold(t) for t in data.texts]))


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_the_environment_names_the_encoder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, data: RetrievalSet) -> None:
    model = tmp_path / "model"
    shutil.copytree(SHIPPED, model)
    monkeypatch.setenv("SAURO_ENCODER", str(model))
    named = load_encoder()
    assert isinstance(named, SentenceEncoder)
    assert named.dimension == load_encoder(str(SHIPPED)).dimension
    np.testing.assert_allclose(named.encode(data.texts), StaticEncoder(SHIPPED).encode(data.texts), atol=2e-3)


def test_without_a_name_the_shipped_model_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAURO_ENCODER", "")
    assert isinstance(load_encoder(), StaticEncoder)


@pytest.mark.parametrize("name", ["no-such/model", "/no/such/folder"])
def test_an_encoder_that_is_not_there_is_an_error(name: str) -> None:
    with pytest.raises(EncoderError) as error:
        load_encoder(name)
    assert error.value.details["encoder"] == name


@pytest.mark.parametrize("broken", ["tokenizer.json", "model.safetensors"])
def test_a_damaged_model_is_an_error(tmp_path: Path, broken: str) -> None:
    model = tmp_path / "model"
    shutil.copytree(SHIPPED, model)
    (model / broken).write_bytes(b"{")
    with pytest.raises(EncoderError):
        StaticEncoder(model)


def test_searching_with_the_shipped_model_imports_no_torch() -> None:
    program = (
        "import sys; from knowledge.search.hybrid import Hybrid; Hybrid(['a b', 'c']).search('a', 1);"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
