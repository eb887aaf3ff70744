from bot.turns.identity import conversation_id


def test_the_same_client_keeps_its_conversation() -> None:
    assert conversation_id(b"s", "rest", "", "an") == conversation_id(b"s", "rest", "", "an")


def test_channel_account_sender_and_secret_each_make_another_conversation() -> None:
    ids = {
        conversation_id(secret, channel, account, sender)
        for secret in (b"s", b"t")
        for channel, account, sender in [
            ("rest", "", "an"),
            ("web", "", "an"),
            ("rest", "an", ""),
            ("rest", "", "bình"),
        ]
    }
    assert len(ids) == 8


def test_parts_do_not_run_into_each_other() -> None:
    assert conversation_id(b"s", "rest", "a", 'b","c') != conversation_id(b"s", "rest", 'a","b', "c")


def test_the_sender_can_not_be_read_from_it() -> None:
    assert conversation_id(b"s", "rest", "", "0912345678").isalnum()
    assert "0912345678" not in conversation_id(b"s", "rest", "", "0912345678")
