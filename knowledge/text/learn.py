"""Learn which syllables and pairs of syllables Vietnamese administrative text uses, for `knowledge.text.repair`.

    python -m knowledge.text.learn CORPUS OUT [OWN...]

CORPUS is UTF-8 text, one paragraph per line, plain (.txt) or packed (.txt.xz); what stands before a tab is a source name and is left out.
OUT is the table that `knowledge.text.language` reads (`knowledge/text/data/language.tsv.gz`). OWN are texts of the kind that will be
repaired, plain or examples for the dialogue engine (.yml): the shipped table is learned from `knowledge/plans/sources/*.txt
nlu_data/nlu/*.yml`. The same texts give the same bytes. About three minutes and 900 MB of memory for 140 MB of text.
"""

from __future__ import annotations

import codecs
import gzip
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from knowledge.text.fold import fold
from knowledge.text.language import LEAST
from knowledge.text.normalise import clean
from knowledge.text.tone import is_syllable, settle

MIN_SYLLABLE, MIN_FOREIGN = 12, 60
"""How often a syllable, or a word that is none, must occur to be known."""
MARKED_PAIRS, FOLDED_PAIRS = 350_000, 180_000
"""How many of the most frequent pairs are kept, as written and without diacritics."""

OWN_WEIGHT = 8
"""How many times a word or pair of the own texts counts: they are few, and the likeliest to be typed again."""

_EXAMPLE = re.compile(r"\s*- (.+)")
_ANNOTATION = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
_PHRASE = re.compile(r"[^\w\s-]+|\d+")
_WORD = re.compile(r"[^\W\d_]+")


def learn(lines: Iterable[str]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Count the words of `lines` and the pairs of neighbours within a phrase, in lower case, tone marks in their place."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for line in lines:
        text = clean(line.partition("\t")[2] or line).lower()
        if text == fold(text):  # unmarked Vietnamese, or another language
            continue
        for phrase in _PHRASE.split(text):
            said = [settle(w) for w in _WORD.findall(phrase)]
            words.update(said)
            pairs.update(pairwise(said))
    return words, pairs


def add_own(words: Counter[str], pairs: Counter[tuple[str, str]], lines: Iterable[str]) -> None:
    """Add the counts of own texts, `OWN_WEIGHT` times.

    Their noise is not to be learned: a line counts when it has marks and all its syllables are usual in the corpus, a pair when the
    corpus has it too.
    """
    sound = []
    for line in dict.fromkeys(lines):
        said = [settle(w) for w in _WORD.findall(clean(line).lower())]
        marked = sum(w != fold(w) for w in said)
        if len(said) >= 3 and 2 * marked >= len(said) and all(words[w] >= LEAST for w in said if is_syllable(w)):
            sound.append(line)
    own_words, own_pairs = learn(sound)
    for word, n in own_words.items():
        if words[word] >= LEAST:
            words[word] += OWN_WEIGHT * n
    for pair, n in own_pairs.items():
        if pair in pairs:
            pairs[pair] += OWN_WEIGHT * n


def write_table(words: Counter[str], pairs: Counter[tuple[str, str]], path: Path) -> None:
    """Write the table: `word TAB count TAB next=count ...` for marked words, an empty line, then `word TAB next=count ...` folded."""
    # A marked word that is no syllable is two words run together by a lost line break.
    least = {w: MIN_SYLLABLE if is_syllable(w) else MIN_FOREIGN for w in words if is_syllable(w) or w.isascii()}
    known = {w: words[w] for w, n in least.items() if words[w] >= n}
    marked = Counter({p: n for p, n in pairs.items() if p[0] in known and p[1] in known})
    folded: Counter[tuple[str, str]] = Counter()
    for (a, b), n in marked.items():
        folded[fold(a), fold(b)] += n
    after, folded_after = _by_first(marked, MARKED_PAIRS), _by_first(folded, FOLDED_PAIRS)
    lines = [f"{w}\t{n}\t{' '.join(after.get(w, ()))}" for w, n in sorted(known.items())]
    lines += ["", *(f"{w}\t{' '.join(following)}" for w, following in sorted(folded_after.items()))]
    packed = gzip.compress("\n".join(lines).encode(), 9, mtime=0)
    path.write_bytes(packed)


def read_corpus(path: Path) -> Iterator[str]:
    """Yield the lines of a .txt or .txt.xz file."""
    with path.open("rb") as packed, lzma.open(packed) if path.suffix == ".xz" else packed as lines:
        yield from codecs.iterdecode(lines, "utf-8")


def read_own(path: Path) -> Iterator[str]:
    """Yield the texts of a .txt file, or of the examples in a .yml file without their annotations."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if path.suffix != ".yml":
            yield line
        elif found := _EXAMPLE.fullmatch(line):
            yield _ANNOTATION.sub(r"\1", found[1])


def _by_first(pairs: Counter[tuple[str, str]], limit: int) -> dict[str, list[str]]:
    after: dict[str, list[str]] = {}
    for (a, b), n in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:limit]:
        after.setdefault(a, []).append(f"{b}={n}")
    return after


def main(arguments: list[str]) -> int:
    """Run the command; 2 when it is called wrongly."""
    if len(arguments) < 2:
        sys.stderr.write("usage: python -m knowledge.text.learn CORPUS OUT [OWN...]\n")
        return 2
    corpus, out, *own = map(Path, arguments)
    words, pairs = learn(read_corpus(corpus))
    add_own(words, pairs, (line for path in own for line in read_own(path)))
    write_table(words, pairs, out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
