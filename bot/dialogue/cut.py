"""Cut NLU examples into parts to learn from and to be judged on, and write one such pair as files for benchmarks/understanding.py.

    bot/dialogue/.venv/bin/python bot/dialogue/cut.py DATA FOLDER [--folds 5]

Writes FOLDER/train.yml and FOLDER/test.yml, the first of the folds. Always cut the same way: stratified by intent, examples that are
worded alike kept together.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any, Iterator, List, Sequence, Tuple

ROOT = Path(__file__).resolve().parents[2]
SEED = 0

if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from bot.dialogue.alike import groups  # noqa: E402


def main() -> None:
    """Read, cut, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="NLU examples, a file or a folder")
    parser.add_argument("folder", type=Path, help="where the two files go")
    parser.add_argument("--folds", type=int, default=5, help="one part of so many is judged on (default 5)")
    options = parser.parse_args()
    os.environ.update(RASA_TELEMETRY_ENABLED="false", LOG_LEVEL="ERROR", SQLALCHEMY_SILENCE_UBER_WARNING="1")
    from bot.dialogue import absent

    absent.register()
    from rasa.shared.nlu.training_data.loading import load_data
    from rasa.shared.nlu.training_data.training_data import TrainingData

    data = load_data(str(options.data))
    examples = in_order(data.intent_examples)
    kept, left = next(cuts(examples, options.folds))
    parts = {"train.yml": [examples[i] for i in kept], "test.yml": [examples[i] for i in left]}
    for name, part in parts.items():
        whole = TrainingData(part, data.entity_synonyms, data.regex_features, data.lookup_tables)
        whole.persist_nlu(str(options.folder / name))


def in_order(examples: Sequence[Any]) -> List[Any]:
    """Rasa's messages in the order of their texts, so that moving an example to another file changes nothing."""
    return sorted(examples, key=lambda m: (m.get("intent"), m.get("text")))


def cuts(examples: Sequence[Any], folds: int) -> Iterator[Tuple[Sequence[int], Sequence[int]]]:
    """Yield for each fold the numbers of the messages to learn from and of those to be judged on.

    Args:
        examples: Rasa's messages, each with an intent.
        folds: at least 2 and at most the examples of the rarest intent.
    """
    from sklearn.model_selection import StratifiedGroupKFold

    cutting = StratifiedGroupKFold(n_splits=folds, shuffle=True, random_state=SEED)
    alike = groups([m.get("text") for m in examples])
    yield from cutting.split(examples, [m.get("intent") for m in examples], alike)


if __name__ == "__main__":
    main()
