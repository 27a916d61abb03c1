from __future__ import annotations

from yoyak.messages.as_json import with_texts
from yoyak.messages.catalogue import speak_in
from yoyak.model.message import Problem, joined, say

NEAR = say("did-you-mean", word="economy")
PROBLEM = Problem(code="unknown-theme", message=say("unknown-theme", name="econmy"), hint=joined(NEAR, "Look."), line=3)


def test_a_problem_is_a_text_and_says_its_keys_and_values() -> None:
    found = with_texts({"problems": (PROBLEM,), "pages": 3})
    assert found["pages"] == 3
    (problem,) = found["problems"]
    assert (problem["code"], problem["line"], problem["severity"]) == ("unknown-theme", 3, "error")
    assert problem["message"] == 'Unknown theme "econmy".'
    assert problem["hint"] == 'Did you mean "economy"? Look.'
    assert problem["said"]["message"] == {"key": "unknown-theme", "values": {"name": "econmy"}}
    assert problem["said"]["hint"]["values"]["first"] == {"key": "did-you-mean", "values": {"word": "economy"}}


def test_the_text_is_in_the_language_that_is_spoken() -> None:
    speak_in("ko")
    try:
        assert with_texts(PROBLEM)["message"] == '"econmy"라는 주제가 없습니다.'
    finally:
        speak_in("en")


def test_a_problem_without_a_message_of_the_catalogue_says_its_text_only() -> None:
    assert "said" not in with_texts(Problem(code="x", message="What."))
