from tests.bot.conftest import Gateway


async def test_a_turn_comes_back_in_rasas_form_with_one_custom(gateway: Gateway) -> None:
    response = await gateway.say("Nhiệm vụ 12 do ai chủ trì?", sender="an-01")
    assert response.status_code == 200
    assert response.json() == [
        {
            "recipient_id": "an-01",
            "text": "đáp: Nhiệm vụ 12 do ai chủ trì?",
            "custom": {"citations": [], "records": [], "degraded": False, "status": "answered"},
        }
    ]
