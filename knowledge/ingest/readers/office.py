"""What .docx and .xlsx share: both are ZIP files, and both become an OLE container when a password locks them."""

from __future__ import annotations

from knowledge.errors import EncryptedSource, UnsupportedSource

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def check_container(data: bytes, name: str) -> None:
    """Raise when the bytes are not an open Office file.

    Raises:
        EncryptedSource: locked by a password.
        UnsupportedSource: an old binary format, or something else under this name.
    """
    if data.startswith(_OLE) and _LOCKED in data:
        raise EncryptedSource(f"{name} is locked by a password", file=name)
    if not data.startswith(b"PK"):
        raise UnsupportedSource(f"{name} is not what its name says", file=name)
