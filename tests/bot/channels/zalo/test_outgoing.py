"""What a turn's replies become on Zalo."""

import base64

from bot.channels.zalo.outcome import Outcome, judged
from bot.channels.zalo.outgoing import Parcel, Picture, as_message, parcels, split


def test_the_replies_of_a_turn_become_one_message_with_its_sources_and_buttons() -> None:
    replies = [
        {
            "text": "Chủ trì: Công an tỉnh.",
            "custom": {"citations": [{"label": "KH UBND, nhiệm vụ 34"}, {"label": "KH UBND, nhiệm vụ 34"}]},
        },
        {"text": "Còn gì nữa không ạ?", "buttons": [{"title": "Xem hạn", "payload": "hạn của nhiệm vụ 34"}]},
    ]
    assert parcels(replies, "vi") == [
        Parcel(
            "Chủ trì: Công an tỉnh.\n\nCòn gì nữa không ạ?\n\nNguồn: KH UBND, nhiệm vụ 34.",
            (("Xem hạn", "hạn của nhiệm vụ 34"),),
        )
    ]


def test_a_source_that_the_text_names_is_not_named_again() -> None:
    text = "Chủ trì: Công an tỉnh.\nNguồn: KH UBND, nhiệm vụ 34."
    cited = [{"label": "KH UBND, nhiệm vụ 34"}, {"label": "KH UBND, nhiệm vụ 3"}]
    (parcel,) = parcels([{"text": text, "custom": {"citations": cited}}], "vi")
    assert parcel.text == f"{text}\n\nNguồn: KH UBND, nhiệm vụ 3."


def test_sources_that_differ_in_their_number_are_told_in_one_breath() -> None:
    labels = ["KH A, nhiệm vụ 1", "KH A, mục II.1", "KH A, nhiệm vụ 2", "KH B, nhiệm vụ 1", "KH A, nhiệm vụ 1"]
    (parcel,) = parcels([{"text": "Hai việc.", "custom": {"citations": [{"label": label} for label in labels]}}], "vi")
    assert parcel.text == "Hai việc.\n\nNguồn: KH A, nhiệm vụ 1, 2; KH A, mục II.1; KH B, nhiệm vụ 1."


def test_more_buttons_than_zalo_shows_become_numbered_lines() -> None:
    buttons = [{"title": f"Việc {n}", "payload": f"nhiệm vụ {n}"} for n in range(1, 7)]
    (parcel,) = parcels([{"text": "Việc nào ạ?", "buttons": buttons}], "vi")
    assert parcel.buttons == ()
    assert parcel.text.endswith("1. Việc 1\n2. Việc 2\n3. Việc 3\n4. Việc 4\n5. Việc 5\n6. Việc 6")


def test_a_picture_goes_before_the_text() -> None:
    image = "data:image/png;base64," + base64.b64encode(b"\x89PNG picture").decode()
    assert parcels([{"text": "Tình hình", "image": image}], "vi") == [
        Parcel(picture=Picture("image/png", b"\x89PNG picture")),
        Parcel("Tình hình"),
    ]


def test_a_picture_that_zalo_would_not_take_is_left_out() -> None:
    for image in ("https://example.org/a.png", "data:text/html;base64,AAAA", "data:image/png;base64,%%%", None):
        assert parcels([{"text": "Tình hình", "image": image}], "vi") == [Parcel("Tình hình")]


def test_a_long_text_is_cut_between_sentences_and_loses_no_word() -> None:
    text = " ".join(f"Nhiệm vụ số {n} do Sở Khoa học và Công nghệ chủ trì." for n in range(120))
    pieces = split(text)
    assert max(map(len, pieces)) <= 2000
    assert all(piece.endswith(".") for piece in pieces)
    assert " ".join(pieces) == text


def test_a_text_without_a_place_to_cut_is_cut_at_the_limit() -> None:
    assert [len(p) for p in split("a" * 4100)] == [2000, 2000, 100]


def test_messages_have_the_shape_that_zalo_documents() -> None:
    assert as_message(Parcel("Chào")) == {"text": "Chào"}
    assert as_message(Parcel("Lưu?", (("Lưu", "lưu"),))) == {
        "text": "Lưu?",
        "attachment": {
            "type": "template",
            "payload": {"buttons": [{"title": "Lưu", "type": "oa.query.hide", "payload": "lưu"}]},
        },
    }
    assert as_message(Parcel(picture=Picture("image/png", b"x")), "id-1") == {
        "attachment": {
            "type": "template",
            "payload": {"template_type": "media", "elements": [{"media_type": "image", "attachment_id": "id-1"}]},
        }
    }


def test_an_answer_is_judged_by_its_error_field_and_not_by_its_status() -> None:
    judgements = [
        judged(200, {"error": 0, "data": {"message_id": "m1"}}),
        judged(200, {"error": -216, "message": "Access token is invalid"}),
        judged(200, {"error": -32}),
        judged(200, {"error": -230}),
        judged(200, {"error": -210}),
        judged(200, {"error": -244}),
        judged(200, {"error": -320}),
        judged(200, {"error": -201}),
        judged(500, None),
        judged(429, None),
        judged(400, "no JSON object"),
        judged(200, None),
    ]
    assert [(j.fate, j.code) for j in judgements] == [
        ("sent", 0), ("token", -216), ("later", -32), ("window", -230), ("too_long", -210), ("refused", -244), ("billing", -320),
        ("bad", -201), ("later", None), ("later", None), ("bad", None), ("later", None),
    ]  # fmt: skip
    assert judgements[0] == Outcome("sent", 0, "m1", "status 200, error 0")
