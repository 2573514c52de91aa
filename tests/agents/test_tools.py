"""What Slackbot may do for people: their rights, their language, one act once."""

import json

import pytest
from sqlalchemy import select, text

from bot.edge.agents import agents_of, alive
from bot.edge.turns import HOME
from handlers.agents.blocks.cards import ALLOWED
from storage import audit
from tests.agents.slackbot import Signed, Slackbot
from tests.driver import Office
from tests.running import Running

PROMISED = {
    "find_invoice",
    "customer_balance",
    "due_items",
    "my_tickets",
    "find_tickets",
    "show_ticket",
    "my_documents",
    "create_ticket",
    "reply_to_ticket",
    "nudge_ticket",
    "request_document",
    "promise_payment",
    "help",
}
ACTS = {
    "create_ticket",
    "reply_to_ticket",
    "nudge_ticket",
    "request_document",
    "promise_payment",
}


@pytest.fixture
def slackbot(bot: Running) -> Slackbot:
    return Slackbot(bot)


def test_the_promised_tools_are_listed_and_those_that_read_say_so(slackbot: Slackbot) -> None:
    tools = slackbot.tools()
    assert tools.keys() == PROMISED
    acts = {name for name, tool in tools.items() if not tool.annotations.read_only_hint}
    assert acts == ACTS
    assert all(tool.meta["slack"]["supportsBlockKit"] for tool in tools.values())
    assert all(tool.input_schema["type"] == "object" for tool in tools.values())


def test_a_tools_title_is_in_the_persons_words(office: Office, slackbot: Slackbot) -> None:
    titles = [
        slackbot.tools(person)["create_ticket"].title
        for person in (office.anna.id, office.kata.id, office.emma.id, "U0NOBODY", "")
    ]
    of_the_company = "Make a ticket"
    assert titles == [
        "Złóż zgłoszenie",
        "Új bejelentés",
        "Make a ticket",
        of_the_company,
        of_the_company,
    ]


def test_tools_are_listed_while_the_database_does_not_answer(
    office: Office, slackbot: Slackbot, bot: Running
) -> None:
    with bot.turns.transaction() as db:
        db.execute(text("ALTER TABLE people RENAME TO away"))
    title = slackbot.tools(office.anna.id)["create_ticket"].title
    with bot.turns.transaction() as db:
        db.execute(text("ALTER TABLE away RENAME TO people"))
    assert title == "Make a ticket"  # the company's language, and no word of SQL


def test_a_ticket_is_made_shown_and_found_in_the_persons_language(
    office: Office, slackbot: Slackbot
) -> None:
    made = slackbot.call(office.anna.id, "create_ticket", subject="Drukarka nie działa")
    assert not made.is_error, made.text
    office.calm()
    assert "BO-1" in made.text
    assert "BO-1" in slackbot.call(office.anna.id, "my_tickets").text
    assert "BO-1" in slackbot.call(office.anna.id, "find_tickets", words="drukarka").text
    shown = slackbot.call(office.anna.id, "show_ticket", number="bo-1")
    assert [button["action_id"] for button in shown.buttons] == [
        "tool:show_ticket",
        "tool:nudge_ticket",
    ]
    assert json.loads(shown.buttons[0]["value"]) == {"number": "BO-1"}


def test_a_double_click_makes_one_ticket(office: Office, slackbot: Slackbot) -> None:
    first = slackbot.call(office.anna.id, "create_ticket", subject="Drukarka")
    again = slackbot.call(office.anna.id, "create_ticket", subject="Drukarka")
    other = slackbot.call(office.anna.id, "create_ticket", subject="Monitor")
    assert again == first
    assert "BO-2" in other.text
    office.later(6 * 60)
    assert "BO-3" in slackbot.call(office.anna.id, "create_ticket", subject="Drukarka").text


def test_what_is_written_through_an_agent_reaches_the_department(
    office: Office, slackbot: Slackbot
) -> None:
    slackbot.call(office.anna.id, "create_ticket", subject="Drukarka")
    said = slackbot.call(office.anna.id, "reply_to_ticket", number="BO-1", text="Na 2. piętrze")
    assert not said.is_error, said.text
    nudged = slackbot.call(office.anna.id, "nudge_ticket", number="BO-1")
    assert not nudged.is_error, nudged.text


def test_nobody_sees_through_an_agent_what_they_may_not_see(
    office: Office, slackbot: Slackbot
) -> None:
    slackbot.call(office.anna.id, "create_ticket", subject="Umowa", type="hr_question")
    hidden = slackbot.call(office.piotr.id, "show_ticket", number="BO-1")
    unknown = slackbot.call(office.piotr.id, "show_ticket", number="BO-77")
    assert hidden.is_error
    assert unknown.is_error
    assert hidden.text == unknown.text
    money = slackbot.call(office.anna.id, "customer_balance", name="Kowalska")
    assert money.is_error


def test_of_a_private_ticket_an_agent_is_told_number_and_state_alone(
    office: Office, slackbot: Slackbot
) -> None:
    made = slackbot.call(
        office.anna.id, "create_ticket", subject="Wypowiedzenie", type="hr_question"
    )
    assert not made.is_error, made.text
    for answer in (made, slackbot.call(office.anna.id, "my_tickets")):
        assert "BO-1" in answer.text
        assert "Wypowiedzenie" not in answer.text + json.dumps(answer.blocks, ensure_ascii=False)


@pytest.mark.parametrize(
    ("tool", "arguments", "why"),
    [
        ("fire_everybody", {}, "no tool"),
        ("show_ticket", {}, "number"),
        ("show_ticket", {"number": 1}, "not of type"),
        ("show_ticket", {"number": "BO-1", "as": "boss"}, "as"),
        ("promise_payment", {"number": "FV/1", "until": "soon"}, ""),
    ],
)
def test_a_call_that_is_wrong_is_refused_in_one_sentence(
    office: Office, slackbot: Slackbot, tool: str, arguments: dict[str, object], why: str
) -> None:
    refused = slackbot.call(office.daniel.id, tool, "", **arguments)
    assert refused.is_error
    assert why in refused.text
    assert "Traceback" not in refused.text


def test_who_is_no_colleague_is_refused(office: Office, slackbot: Slackbot) -> None:
    of_nobody = slackbot.call("", "help")
    assert of_nobody.is_error
    assert of_nobody.text == "This request does not say for which person it is made."
    of_another = slackbot.call(office.anna.id, "help", team="T0OTHER")
    assert of_another.is_error
    assert of_another.text == "This request comes from another workspace."
    assert slackbot.call("U0NOBODY", "help").is_error
    assert not slackbot.call(office.anna.id, "help").is_error


def test_only_what_slack_signed_now_comes_in(slackbot: Slackbot) -> None:
    body = b'{"jsonrpc":"2.0","id":1,"method":"tools/list"}'
    unsigned = (401, "the signature or its timestamp is not valid")
    assert slackbot.refusal(body) == unsigned
    assert slackbot.refusal(body, Signed("another secret")) == unsigned
    assert slackbot.refusal(body, Signed(slackbot.secret, age=600)) == unsigned
    too_large = slackbot.refusal(b"x" * 2_000_000, Signed(slackbot.secret))
    assert too_large == (413, "the request is too large")


def test_what_ends_the_tools_comes_out_as_it_was(bot: Running) -> None:
    """Else Slack's passing refusal would end the process instead of being tried again."""

    async def end() -> None:
        async with alive(agents_of(bot.bot).app("zaplecze.example.com")):
            raise TimeoutError("Slack is not there")

    with pytest.raises(TimeoutError, match="not there"):
        bot.playground.run(end())


def test_every_block_is_one_that_slack_takes_from_agents(
    office: Office, slackbot: Slackbot
) -> None:
    slackbot.call(office.anna.id, "create_ticket", subject="Drukarka")
    for tool in ("help", "my_tickets", "my_documents"):
        answer = slackbot.call(office.anna.id, tool)
        assert {block["type"] for block in answer.blocks} <= ALLOWED
        assert 0 < len(answer.blocks) <= 50


def test_the_audit_says_that_it_came_through_slackbot(
    office: Office, slackbot: Slackbot, bot: Running
) -> None:
    slackbot.call(office.anna.id, "create_ticket", subject="Drukarka")
    office.anna.types("/ticket Monitor").fills(type="it_help").submits()
    with bot.turns.turn(HOME) as turn:
        rows = turn.db.execute(
            select(audit.events.c.facts)
            .where(audit.events.c.event == "ticket.submitted")
            .order_by(audit.events.c.id)
        ).scalars()
        assert [facts.get("through") for facts in rows] == ["Slackbot", None]
