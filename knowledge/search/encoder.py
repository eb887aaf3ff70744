"""Texts as unit vectors: the shipped static model, served with NumPy, or any sentence-transformers model one names.

A static model is a table of token vectors; a text is the mean of the vectors of its tokens. The one shipped here is
saved in sentence-transformers' own format and gives the same vectors there; reading it with `tokenizers` and NumPy
spares every process the seconds and the hundreds of megabytes that importing torch costs.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from knowledge.errors import EncoderError

Vectors = NDArray[np.float32]

SHIPPED = Path(__file__).parent / "model"


class Encoder(Protocol):
    """Turns texts into vectors: float32 (n, dimension), each of length 1, or 0 for a text without a known token."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts in order."""
        ...


def load_encoder(name: str | None = None) -> Encoder:
    """Load the encoder named here, else by `SAURO_ENCODER`, else the shipped one.

    `name` is a folder or a name that sentence-transformers knows. A name is looked up among the models already on this
    machine; nothing is downloaded.

    Raises:
        EncoderError: it can not be loaded; `details` hold its name and the reason.
    """
    chosen = name or os.environ.get("SAURO_ENCODER") or ""
    if not chosen or Path(chosen).resolve() == SHIPPED:
        return StaticEncoder(SHIPPED)
    return SentenceEncoder(chosen)


class StaticEncoder:
    """A sentence-transformers `StaticEmbedding` model (tokenizer.json, model.safetensors), read without torch.

    Raises:
        EncoderError: a file is missing or is not such a model.
    """

    def __init__(self, folder: Path) -> None:
        place = _static_module(folder)
        try:
            self._tokenizer = Tokenizer.from_file(str(place / "tokenizer.json"))
            self._table = _read_table(place / "model.safetensors")
        except Exception as e:  # tokenizers raises bare Exception for an unreadable file
            raise EncoderError(f"no static model in {folder}: {e}", encoder=str(folder), reason=str(e)) from e
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._table.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts in order: float32 of shape (n, dimension)."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        for vector, encoding in zip(vectors, encodings, strict=True):
            if encoding.ids:
                np.mean(self._table[encoding.ids], axis=0, out=vector)
        return unit(vectors)


class SentenceEncoder:
    """Any model that sentence-transformers loads, from a folder or from the models already downloaded to this machine.

    Raises:
        EncoderError: it can not be loaded.
    """

    def __init__(self, name: str) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        try:
            from sentence_transformers import SentenceTransformer

            self._model: Any = SentenceTransformer(name, device="cpu", local_files_only=True)
        except Exception as e:  # the library's readers raise errors of many kinds
            raise EncoderError(f"encoder {name} can not be loaded: {e}", encoder=name, reason=str(e)) from e

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts in order: float32 of shape (n, dimension)."""
        vectors = self._model.encode(list(texts), convert_to_numpy=True, show_progress_bar=False)
        return unit(np.asarray(vectors, dtype=np.float32))


def unit(vectors: Vectors) -> Vectors:
    """Scale each row to length 1; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return scaled


def _static_module(folder: Path) -> Path:
    """Where the static module lies: sentence-transformers saves each module in the folder that modules.json names."""
    listing = folder / "modules.json"
    if not listing.is_file():
        return folder
    return folder / str(json.loads(listing.read_text(encoding="utf-8"))[0]["path"])


def _read_table(path: Path) -> Vectors:
    from safetensors.numpy import load_file

    return load_file(path)["embedding.weight"].astype(np.float32)
