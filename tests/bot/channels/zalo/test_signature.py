"""Signatures of webhook calls, held to values computed outside of the code."""

import hashlib
import json

import pytest

from bot.channels.zalo.signature import genuine, mac

APP, SECRET, NOW = "1234567890123456789", "OaSecretKey_01", 1_762_000_000_000.0
# As bytes on the wire: key order, spaces and unescaped letters as Zalo sends them.
BODY = (
    '{"app_id":"1234567890123456789","user_id_by_app":"77","event_name":"user_send_text","timestamp":"1762000000000",'
    '"sender":{"id":"246845883529197922"},"recipient":{"id":"388613280878808645"},'
    '"message":{"text":"Ai chủ trì SOC?","msg_id":"96d3cdf3af150460909"}}'
).encode()
# printf '%s%s%s%s' APP BODY TIMESTAMP SECRET | sha256sum
EXPECTED = hashlib.sha256(b"1234567890123456789" + BODY + b"1762000000000" + b"OaSecretKey_01").hexdigest()


def test_the_signature_is_the_plain_hash_of_app_body_timestamp_and_secret() -> None:
    assert mac(APP, BODY, "1762000000000", SECRET) == EXPECTED


@pytest.mark.parametrize("header", [f"mac={EXPECTED}", EXPECTED, f"mac={EXPECTED.upper()}"])
def test_a_call_signed_by_zalo_is_genuine(header: str) -> None:
    assert genuine(BODY, header, APP, SECRET, NOW)


def test_a_timestamp_in_the_header_may_be_the_one_that_was_signed() -> None:
    signed = mac(APP, BODY, "1762000000999", SECRET)
    assert genuine(BODY, f"mac={signed}", APP, SECRET, NOW, "1762000000999")
    assert not genuine(BODY, f"mac={signed}", APP, SECRET, NOW)


@pytest.mark.parametrize(
    "header", [None, "", "mac=", "mac=0", f"mac={EXPECTED[:-1]}", f"sha256={EXPECTED}", "mac=" + "é" * 64]
)
def test_a_call_without_a_whole_signature_is_refused(header: str | None) -> None:
    assert not genuine(BODY, header, APP, SECRET, NOW)


def test_every_flipped_bit_is_noticed() -> None:
    accepted = []
    for place in range(0, len(BODY) * 8, 7):
        forged = bytearray(BODY)
        forged[place // 8] ^= 1 << place % 8
        if genuine(bytes(forged), f"mac={EXPECTED}", APP, SECRET, NOW):
            accepted.append(place)
    assert accepted == []


def test_the_same_json_written_otherwise_is_refused() -> None:
    rewritten = json.dumps(json.loads(BODY)).encode()
    assert not genuine(rewritten, f"mac={EXPECTED}", APP, SECRET, NOW)


def test_another_key_another_app_and_no_key_are_refused() -> None:
    assert not genuine(BODY, f"mac={mac(APP, BODY, '1762000000000', 'app secret')}", APP, SECRET, NOW)
    assert not genuine(BODY, f"mac={mac('1', BODY, '1762000000000', SECRET)}", "1", SECRET, NOW)
    assert not genuine(BODY, f"mac={mac(APP, BODY, '1762000000000', '')}", APP, "", NOW)


@pytest.mark.parametrize(("hours", "taken"), [(-1, False), (0, True), (2, True), (3, False)])
def test_an_event_is_taken_as_long_as_zalo_delivers_it_again(hours: int, taken: bool) -> None:
    assert genuine(BODY, f"mac={EXPECTED}", APP, SECRET, NOW + hours * 3_600_000) is taken


@pytest.mark.parametrize("raw", [b"", b"null", b"[]", b'{"app_id":1}', b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_no_event_is_refused(raw: bytes) -> None:
    assert not genuine(raw, f"mac={mac(APP, raw, '1762000000000', SECRET)}", APP, SECRET, NOW, "1762000000000")
