"""Make a set to measure search with out of records that have a title: each title is asked for the rest of its record.

    .venv/bin/python -m benchmarks.titles procedures.jsonl.xz --title name --without url --every 5 > titles.jsonl

Every record is a text (its other fields, without the title where they repeat it), every n-th title a question: what an encoder was trained
on may then be left out. The lines are those that `sauro eval retrieval` reads.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections.abc import Iterator
from pathlib import Path


def main() -> None:
    """Print the set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path, help="JSON objects, one per line, plain or .xz")
    parser.add_argument("--title", required=True, help="the field that names a record")
    parser.add_argument("--without", nargs="*", default=[], help="fields that are not part of the text")
    parser.add_argument("--every", type=int, default=1, help="ask for every n-th record")
    options = parser.parse_args()
    for number, record in enumerate(_read(options.records)):
        title = str(record[options.title])
        said = (v for k, v in record.items() if k not in {options.title, *options.without} and isinstance(v, str))
        print(json.dumps({"doc": number, "text": "\n".join(said).replace(title, " ")}, ensure_ascii=False))
        if number % options.every == 0:
            print(json.dumps({"query": title, "relevant": number}, ensure_ascii=False))


def _read(file: Path) -> Iterator[dict[str, object]]:
    with lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


if __name__ == "__main__":
    main()
