"""Reports as they are carried through: what is saved, for whom, once, and what is left when a conversation breaks off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from knowledge.progress.state import standing
from knowledge.progress.types import Content, Evidence
from tests.actions.conftest import Conversation, Office


def names(replies: list[dict[str, Any]]) -> list[str]:
    return [r["response"].removeprefix("utter_progress_") if r.get("response") else "answer" for r in replies]


def saved(office: Office) -> list[Content]:
    return [e.content for e in office.services.ledger.everything()]


def test_one_sentence_and_one_yes_are_a_complete_update(office: Office) -> None:
    talk = office.talk(office.account())
    shown = talk.say("Nhiệm vụ SOC đạt 35%, đang triển khai, đã khảo sát xong hạ tầng", "log_progress")
    assert names(shown) == ["confirm"]
    assert "35%" in shown[0]["summary"]
    assert saved(office) == []
    told = talk.say("lưu", "affirm")
    assert names(told) == ["saved"]
    (entry,) = office.services.ledger.everything()
    assert told[0]["receipt"] == entry.receipt
    assert (str(entry.key), entry.kind, entry.author, entry.agency, entry.channel) == (
        "kh-ubnd/tasks/34", "update", talk.account, "Công an tỉnh", "rest",
    )  # fmt: skip
    assert entry.content == Content(percent=35, status="in_progress", note="đã khảo sát xong hạ tầng")
    assert (talk.loop, office.services.drafts.of_account(talk.account)) == (None, [])


def test_a_second_yes_starts_nothing(office: Office) -> None:
    talk = office.talk(office.account())
    talk.say("SOC đạt 35%", "log_progress")
    receipt = talk.say("lưu", "affirm")[0]["receipt"]
    assert [(r["response"], r["receipt"]) for r in talk.say("ok lưu", "affirm")] == [
        ("utter_progress_settled", receipt)
    ]
    assert len(saved(office)) == 1


@pytest.mark.parametrize("lost", ["the reply", "the engine's memory too"])
def test_a_turn_that_is_played_again_saves_once(office: Office, lost: str) -> None:
    talk = office.talk(office.account())
    talk.say("SOC đạt 35%", "log_progress")
    before = (dict(talk.slots), talk.loop)
    first = talk.say("lưu", "affirm")
    talk.slots, talk.loop = before
    if lost != "the reply":
        talk.forget()
    assert talk.again("lưu", "affirm") == first
    assert len(saved(office)) == 1
    assert talk.loop is None


def test_a_report_is_saved_once_although_its_draft_outlived_the_saving(office: Office) -> None:
    talk = office.talk(office.account())
    talk.say("SOC đạt 35%", "log_progress")
    before, loop, slots = office.services.drafts.of_conversation(talk.id), talk.loop, dict(talk.slots)
    first = talk.say("lưu", "affirm")
    assert before is not None
    for _ in range(2):  # the process died after the saving, and again after the second
        office.services.drafts.put(talk.account, talk.id, before.state)
        talk.loop, talk.slots = loop, dict(slots)
        assert talk.say("lưu", "affirm") == first
    assert talk.again("lưu", "affirm") == first
    assert len(saved(office)) == 1


def test_what_was_changed_after_an_unnoticed_saving_is_offered_as_a_correction(office: Office) -> None:
    talk = office.talk(office.account())
    talk.say("SOC đạt 35%", "log_progress")
    before = office.services.drafts.of_conversation(talk.id)
    receipt = talk.say("lưu", "affirm")[0]["receipt"]
    assert before is not None
    office.services.drafts.put(talk.account, talk.id, before.state)
    shown = talk.say("đổi thành 40% rồi lưu", "correct")
    assert names(shown) == ["saved_before", "confirm"]
    assert shown[0]["receipt"] == receipt
    assert "35% → 40%" in shown[1]["summary"]
    assert names(talk.say("lưu", "affirm")) == ["saved"]
    first, second = office.services.ledger.everything()
    assert (second.kind, second.corrects, second.content.percent) == ("correction", first.id, 40)


def test_another_yes_after_the_engine_forgot_the_saving_starts_nothing(office: Office) -> None:
    talk = office.talk(office.account())
    talk.say("SOC đạt 35%", "log_progress")
    before = dict(talk.slots), talk.loop
    receipt = talk.say("lưu", "affirm")[0]["receipt"]
    talk.slots, talk.loop = before
    told = talk.say("lưu", "affirm")
    assert (names(told), told[0]["receipt"], len(saved(office))) == (["settled"], receipt, 1)


@pytest.mark.parametrize(
    ("breaking", "mending"),
    [
        ("ALTER TABLE entries RENAME TO entries_away", "ALTER TABLE entries_away RENAME TO entries"),
        ("UPDATE ledger_head SET seq = seq + 5", "UPDATE ledger_head SET seq = seq - 5"),
    ],
    ids=["no table", "a broken chain"],
)
def test_a_report_that_can_not_be_saved_waits_and_the_person_is_told(
    office: Office, breaking: str, mending: str
) -> None:
    talk = office.talk(office.account())
    talk.say("SOC đạt 35%", "log_progress")
    office.run(breaking)
    assert names(talk.say("lưu", "affirm")) == ["save_failed"]
    assert talk.loop == "progress_form"
    office.run(mending)
    assert saved(office) == []
    assert names(talk.say("lưu", "affirm")) == ["saved"]
    assert saved(office) == [Content(percent=35, status="in_progress")]


def test_a_turn_that_is_played_again_in_the_middle_adds_nothing(office: Office) -> None:
    talk = office.talk(office.account())
    talk.say("SOC đạt 35%", "log_progress")
    first = talk.say("đã họp hai lần", "inform")
    assert talk.again("đã họp hai lần", "inform") == first


def test_a_report_survives_a_restart_of_the_engine(office: Office) -> None:
    talk = office.talk(office.account())
    talk.say("SOC đạt 35%", "log_progress")
    talk.forget()
    assert names(talk.say("lưu", "affirm")) == ["saved"]


def test_several_reports_of_one_message_come_one_after_the_other(office: Office) -> None:
    talk = office.talk(office.account())
    talk.say("- SOC: 35%\n- khung kiến trúc dữ liệu số: 40%\n- giao thông thông minh: 20%", "log_progress")
    assert names(talk.say("lưu", "affirm")) == ["saved", "confirm"]
    assert names(talk.say("thôi hủy đi", "cancel")) == ["cancelled", "confirm"]
    assert names(talk.say("lưu", "affirm")) == ["saved"]
    assert [(str(e.key), e.content.percent) for e in office.services.ledger.everything()] == [
        ("kh-ubnd/tasks/34", 35),
        ("kh-ubnd/tasks/13", 20),
    ]


def test_reports_that_wait_are_dropped_together_when_everything_is_called_off(office: Office) -> None:
    talk = office.talk(office.account())
    talk.say("- SOC: 35%\n- khung kiến trúc dữ liệu số: 40%", "log_progress")
    assert names(talk.say("hủy hết đi", "cancel")) == ["dropped"]
    assert (saved(office), talk.loop) == ([], None)


@pytest.mark.parametrize(
    ("role", "agency", "reply", "again"),
    [
        ("leader", "Công an tỉnh", "only_staff", "only_staff"),
        ("editor", None, "only_staff", "only_staff"),
        ("staff", "Sở Y tế", "forbidden", "nothing_under_way"),
    ],
)
def test_who_may_not_report_is_told_so_at_once_and_again(
    office: Office, role: str, agency: str | None, reply: str, again: str
) -> None:
    talk = office.talk(office.account(role, agency))
    assert names(talk.say("SOC đạt 35%", "log_progress")) == [reply]
    assert names(talk.say("lưu", "affirm")) == [again]
    assert (saved(office), talk.loop) == ([], None)


def test_a_citizen_is_asked_to_sign_in(office: Office) -> None:
    talk = office.talk()
    assert names(talk.say("cập nhật tiến độ", "log_progress")) == ["sign_in"]
    assert talk.loop is None


def test_slots_and_text_prove_nothing(office: Office) -> None:
    staff = office.account()
    talk = office.talk()
    talk.slots |= {"account": staff.id, "task": "kh-ubnd/tasks/34", "percent": 35, "requested_slot": "confirm"}
    talk.loop = "progress_form"
    talk.say(f"tôi là {staff.id}, lưu", "affirm")
    assert saved(office) == []


def test_an_account_that_is_disabled_meanwhile_saves_nothing(office: Office) -> None:
    account = office.account()
    talk = office.talk(account)
    talk.say("SOC đạt 35%", "log_progress")
    office.services.accounts.disable(account.id)
    assert names(talk.say("lưu", "affirm")) == ["forbidden"]
    assert saved(office) == []


def test_silence_ends_a_report_and_the_next_message_is_a_new_one(office: Office) -> None:
    talk = office.talk(office.account())
    talk.say("SOC đạt 35%", "log_progress")
    office.clock.passed += timedelta(minutes=31)
    assert names(talk.say("lưu", "affirm")) == ["nothing_under_way", "expired"]
    assert (saved(office), office.services.drafts.of_account(talk.account)) == ([], [])
    assert names(talk.say("khung kiến trúc dữ liệu số đạt 20%", "log_progress")) == ["confirm"]


def test_a_report_put_off_is_kept_and_taken_up_elsewhere(office: Office) -> None:
    account = office.account()
    here, there = office.talk(account), office.talk(account)
    here.say("SOC đạt 35%", "log_progress")
    assert names(here.say("để mai", "postpone")) == ["kept"]
    office.clock.passed += timedelta(days=2)
    assert names(there.say("Sở Y tế chủ trì gì", "list_tasks")) == ["answer", "unfinished"]
    assert names(there.say("ai chủ trì SOC", "ask_task")) == ["answer"]
    office.clock.passed = timedelta()  # the drafts themselves are written with the real time
    assert names(there.say("làm tiếp", "resume")) == ["confirm"]
    assert names(there.say("lưu", "affirm")) == ["saved"]
    assert saved(office) == [Content(percent=35, status="in_progress")]


def test_a_report_taken_up_elsewhere_is_over_where_it_began(office: Office) -> None:
    account = office.account()
    here, there = office.talk(account), office.talk(account)
    here.say("SOC đạt 35%", "log_progress")
    there.say("làm tiếp", "resume")
    assert names(here.say("lưu", "affirm")) == ["moved"]
    assert (saved(office), here.loop) == ([], None)
    assert names(there.say("lưu", "affirm")) == ["saved"]


def test_a_question_where_a_report_began_that_went_on_elsewhere_is_answered(office: Office) -> None:
    account = office.account()
    here, there = office.talk(account), office.talk(account)
    here.say("SOC đạt 35%", "log_progress")
    there.say("làm tiếp", "resume")
    there.say("lưu", "affirm")
    assert names(here.say("ai chủ trì SOC", "ask_task")) == ["answer", "moved"]
    assert names(here.say("Sở Y tế chủ trì gì", "list_tasks")) == ["answer"]


@pytest.mark.parametrize(
    ("text", "confidence", "told"),
    [
        ("SOC do ai chủ trì", 0.4, "answer"),
        ("SOC do ai chủ trì", 0.9, "nothing_under_way"),
        ("để khi nào rảnh", 0.4, "nothing_under_way"),
        ("để lát nữa", 0.4, "nothing_under_way"),
    ],
)
def test_a_question_that_may_only_sound_like_putting_off_is_answered_where_nothing_is_reported(
    office: Office, text: str, confidence: float, told: str
) -> None:
    assert names(office.talk(office.account()).say(text, "postpone", confidence)) == [told]


def test_a_report_of_somebody_else_is_never_taken_up(office: Office) -> None:
    office.talk(office.account()).say("SOC đạt 35%", "log_progress")
    assert names(office.talk(office.account()).say("làm tiếp", "resume")) == ["nothing_under_way"]


def test_a_question_in_the_middle_is_answered_and_the_report_waits(office: Office) -> None:
    talk = office.talk(office.account())
    talk.say("cập nhật SOC", "log_progress")
    facet = {"entity": "facet", "value": "deadline", "start": 0, "end": 3}
    replies = talk.say("hạn cái này là bao giờ?", "ask_task", entities=[facet])
    assert names(replies) == ["answer", "ask_percent"]
    assert "2029" in replies[0]["text"]
    assert names(talk.say("44", "inform")) == ["confirm"]


def test_corrections_and_undos_point_at_what_was_saved(office: Office) -> None:
    talk = office.talk(office.account())
    talk.say("SOC đạt 35%", "log_progress")
    receipt = talk.say("lưu", "affirm")[0]["receipt"]
    shown = talk.say(f"sửa biên nhận {receipt} thành 42%", "correct_saved")
    assert "35% → 42%" in shown[0]["summary"]
    talk.say("lưu", "affirm")
    assert names(talk.say("hoàn tác cập nhật vừa rồi", "undo_saved")) == ["confirm_undo"]
    assert names(talk.say("đồng ý", "affirm")) == ["undone"]
    first, second, third = office.services.ledger.everything()
    assert (second.kind, second.corrects, second.content.percent) == ("correction", first.id, 42)
    assert (third.kind, third.corrects, third.content) == ("undo", second.id, Content())


def test_nobody_corrects_what_another_has_saved(office: Office) -> None:
    talk = office.talk(office.account())
    talk.say("SOC đạt 35%", "log_progress")
    receipt = talk.say("lưu", "affirm")[0]["receipt"]
    other = office.talk(office.account())
    assert names(other.say(f"sửa biên nhận {receipt} thành 42%", "correct_saved")) == ["nothing_saved"]


def test_files_that_come_with_a_message_are_evidence(office: Office) -> None:
    talk = office.talk(office.account())
    file = Evidence("file", "bien-ban.pdf", "", "a" * 64, "application/pdf", 10)
    assert names(talk.say("", "inform", evidence=[file])) == ["evidence_alone"]
    talk.say("SOC đạt 35%", "log_progress")
    shown = talk.say("", "inform", evidence=[file])
    assert "bien-ban.pdf" in shown[0]["summary"]
    talk.say("lưu", "affirm")
    assert saved(office) == [Content(percent=35, status="in_progress", evidence=(file,))]


def test_a_report_that_sounds_like_a_question_opens_the_form(office: Office) -> None:
    talk = office.talk(office.account())
    assert names(talk.say("khung kiến trúc dữ liệu số của tỉnh: 70%", "ask_task")) == ["confirm"]
    assert talk.loop == "progress_form"
    assert names(talk.say("lưu", "affirm")) == ["saved"]


def test_the_monitor_of_a_target_reports_what_was_measured(office: Office) -> None:
    talk: Conversation = office.talk(office.account("staff", "Sở Khoa học và Công nghệ"))
    assert names(talk.say("tỷ lệ sử dụng dịch vụ công trực tuyến là 72%", "log_measure")) == ["ask_measured_on"]
    assert names(talk.say("30/6", "inform")) == ["confirm"]
    assert names(talk.say("lưu", "affirm")) == ["saved"]
    (entry,) = office.services.ledger.everything()
    assert (entry.kind, entry.key.part, entry.content.value, str(entry.content.measured_on)) == (
        "measurement", "targets", 72.0, "2026-06-30",
    )  # fmt: skip


def test_what_is_written_after_a_draft_is_on_disk_at_once_again(office: Office) -> None:
    talk = office.talk(office.account())
    talk.say("SOC đạt 35%", "log_progress")
    talk.say("lưu", "affirm")
    with office.database.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL


def test_a_citizen_who_asks_what_a_plan_states_is_told_it_however_near_to_progress_it_sounds(office: Office) -> None:
    facet = {"entity": "facet", "value": "deadline", "start": 0, "end": 3}
    (reply,) = office.talk().say("SOC khi nào thì hoàn thành xong?", "ask_progress", entities=[facet])
    assert (reply["custom"]["status"], "2029" in reply["text"]) == ("answered", True)


def test_who_corrects_a_question_is_told_the_same_of_the_other_subject(office: Office) -> None:
    talk = office.talk()
    talk.say("SOC ai chủ trì", "ask_task", entities=[{"entity": "facet", "value": "lead", "start": 4, "end": 6}])
    (reply,) = talk.say("không, ý tôi là vệ tinh tầm thấp", "correct")
    assert reply["text"].startswith("Sở Khoa học và Công nghệ chủ trì nhiệm vụ “Triển khai mạng viễn thông vệ tinh")


def test_a_report_with_a_link_is_a_report_whatever_it_was_understood_as(office: Office) -> None:
    talk = office.talk(office.account())
    assert names(talk.say("SOC 45% xem tại https://dongnai.gov.vn/bao-cao", "out_of_scope")) == ["confirm"]
    assert names(talk.say("lưu", "affirm")) == ["saved"]


def test_what_is_about_something_else_is_said_to_be(office: Office) -> None:
    (reply,) = office.talk().say("giá vàng hôm nay bao nhiêu", "out_of_scope")
    assert reply["response"] == "utter_out_of_scope"


@pytest.mark.parametrize(
    "note",
    [
        "dòng một\ndòng hai 👍🏽\n- mục 1",
        "<script>alert(1)</script> & '; DROP TABLE entries;--",
        '=HYPERLINK("bấm")',
        "{summary} %s ${x}",
        "/restart",
        "đã hủy 200 hồ sơ, lưu kho 30%",
        "a" * 2000,
    ],
)
def test_what_is_confirmed_is_what_was_shown_and_what_was_typed(office: Office, note: str) -> None:
    talk = office.talk(office.account())
    talk.say("SOC đạt 35%", "log_progress")
    talk.say("thêm ghi chú", "add_note")
    (shown,) = talk.say(note, "cancel")
    assert f"Ghi chú: {note}\n" in f"{shown['summary']}\n"
    talk.say("lưu", "affirm")
    assert saved(office) == [Content(percent=35, status="in_progress", note=note)]


def test_a_dictated_question_that_nothing_answers_is_the_note(office: Office) -> None:
    talk = office.talk(office.account())
    talk.say("SOC đạt 35%", "log_progress")
    talk.say("thêm ghi chú", "add_note")
    assert names(talk.say("dân hỏi bao giờ có sân bóng?", "ask_absent")) == ["confirm"]
    assert names(talk.say("ai chủ trì SOC?", "ask_task")) == ["answer", "still_confirm"]
    talk.say("lưu", "affirm")
    assert [c.note for c in saved(office)] == ["dân hỏi bao giờ có sân bóng?"]


def test_an_undo_of_a_correction_brings_back_what_it_corrected_and_another_takes_that_back(office: Office) -> None:
    talk = office.talk(office.account())
    for text, intent in [
        ("SOC đạt 35%", "log_progress"), ("lưu", "affirm"), ("sửa lại thành 36%", "correct_saved"), ("lưu", "affirm"),
        ("sửa lại thành 37%", "correct_saved"), ("lưu", "affirm"), ("hoàn tác", "undo_saved"), ("đồng ý", "affirm"),
        ("hoàn tác", "undo_saved"), ("đồng ý", "affirm"),
    ]:  # fmt: skip
        talk.say(text, intent)
    entries = list(office.services.ledger.everything())
    assert [e.content.percent for e in entries] == [35, 36, 37, None, None]
    assert [e.content.percent for e in standing(entries)] == [35]
