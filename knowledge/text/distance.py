"""One-slip distance between words: one letter wrong, missing, too many, or two neighbours swapped."""

from __future__ import annotations


def within_one(a: str, b: str) -> bool:
    """Whether at most one slip turns `a` into `b`."""
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1:
        return False
    at = 0
    while at < len(a) and at < len(b) and a[at] == b[at]:
        at += 1
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    if len(a) > len(b):
        return a[at + 1 :] == b[at:]
    swapped = len(a) > at + 1 and a[at] == b[at + 1] and a[at + 1] == b[at] and a[at + 2 :] == b[at + 2 :]
    return swapped or a[at + 1 :] == b[at + 1 :]
