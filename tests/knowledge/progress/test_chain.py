import json
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256

import pytest

from knowledge.progress.chain import FIELDS, canonical, sealed
from knowledge.store.tables import entries

ROW = {
    "seq": 2, "id": "b" * 32, "idempotency_key": "turn-1", "kind": "update", "record": "tb4a9f5a8", "plan": "kh-ubnd",
    "part": "tasks", "item": "3", "version": "c" * 64, "corrects": None, "author": "d" * 32, "agency": "Sở Tài chính",
    "channel": "zalo", "at": datetime(2026, 3, 5, 7, 8, 9, 123, tzinfo=UTC), "percent": 35, "status": "in_progress",
    "note": "Dòng một\nDòng “hai” \"ba\" \\ 🙂", "obstacle": "", "next_step": "",
    "evidence": [{"kind": "link", "name": "", "url": "https://example.vn", "sha256": "", "media_type": "", "size": 0}],
    "value": None, "unit": "", "measured_on": None, "measure": 0, "previous": "a" * 64, "hash": "not hashed",
}  # fmt: skip

WRITTEN = (
    '{"agency":"Sở Tài chính","at":"2026-03-05T07:08:09.000123Z","author":"' + "d" * 32 + '","channel":"zalo",'
    '"corrects":null,"evidence":[{"kind":"link","media_type":"","name":"","sha256":"","size":0,"url":"https://example.vn"}],'
    '"id":"' + "b" * 32 + '","idempotency_key":"turn-1","item":"3","kind":"update","measure":0,"measured_on":null,'
    '"next_step":"","note":"Dòng một\\nDòng “hai” \\"ba\\" \\\\ 🙂","obstacle":"","part":"tasks","percent":35,'
    '"plan":"kh-ubnd","previous":"' + "a" * 64 + '","record":"tb4a9f5a8","seq":2,"status":"in_progress","unit":"",'
    '"value":null,"version":"' + "c" * 64 + '"}'
)


def test_a_row_has_one_form_byte_by_byte() -> None:
    assert canonical(ROW) == WRITTEN.encode()
    assert sealed(ROW) == sha256(WRITTEN.encode()).hexdigest()


def test_every_column_but_the_hash_itself_is_hashed() -> None:
    assert sorted(FIELDS) == list(FIELDS)
    assert set(FIELDS) == {column.name for column in entries.columns} - {"hash"}


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("value", 72, 72.0),
        ("value", -0.0, 0.0),
        ("value", 0.1 + 0.2, 0.30000000000000004),
        ("measured_on", date(2026, 6, 30), "2026-06-30"),
        ("at", datetime(2026, 3, 5, 14, 8, 9, tzinfo=timezone(timedelta(hours=7))), "2026-03-05T07:08:09.000000Z"),
    ],
)
def test_values_are_written_in_one_way(name: str, value: object, written: object) -> None:
    form = json.loads(canonical(ROW | {name: value}))[name]
    assert (form, str(form)) == (written, str(written))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_none_has_no_form(value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical(ROW | {"value": value})
