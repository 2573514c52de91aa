"""Four people call every tool over the wire: an employee, an agent, finance and a guest. Each
answer is checked against what Slack takes (`Slackbot.call`), each refusal is one sentence.
"""

import re
from collections.abc import Mapping

import pytest

from bot.edge.turns import HOME, Turns
from storage.invoices import customers
from tests.agents.slackbot import Slackbot
from tests.agents.test_tools import ACTS, PROMISED
from tests.books import books, desk, rules  # noqa: F401
from tests.driver import Office
from tests.running import Running

CALLS: Mapping[str, Mapping[str, str]] = {
    "help": {},
    "create_ticket": {"subject": "Drukarka nie drukuje"},
    "my_tickets": {},
    "find_tickets": {"words": "drukarka"},
    "show_ticket": {"number": "BO-1"},
    "reply_to_ticket": {"number": "BO-1", "text": "Na 2. piętrze"},
    "nudge_ticket": {"number": "BO-1"},
    "find_invoice": {"number": "FV/2026/11/0042"},
    "customer_balance": {"name": "Kowalska"},
    "due_items": {},
    "promise_payment": {"number": "FV/2026/11/0042", "until": "2026-11-30"},
    "request_document": {"kind": "account_statement", "about": "Kowalska Sp. z o.o."},
    "my_documents": {},
}
MONEY = {"find_invoice", "customer_balance", "due_items", "promise_payment", "request_document"}
OWN = {"reply_to_ticket", "nudge_ticket"}
EVERYTHING = set(CALLS)


@pytest.fixture
def slackbot(bot: Running) -> Slackbot:
    return Slackbot(bot)


def refused(slackbot: Slackbot, person: str) -> dict[str, str]:
    """What this person is refused, tool by tool; everything else was answered."""
    answers = {tool: slackbot.call(person, tool, **given) for tool, given in CALLS.items()}
    for tool, answer in answers.items():
        assert answer.text, tool
        assert answer.is_error or answer.blocks, tool
    return {tool: answer.text for tool, answer in answers.items() if answer.is_error}


def is_one_sentence(text: str) -> bool:
    return len(text) < 250 and "Traceback" not in text and not re.search(r"\n", text)


def test_four_people_get_what_is_theirs(desk: Office, slackbot: Slackbot) -> None:  # noqa: F811
    assert CALLS.keys() == PROMISED == slackbot.tools().keys()
    employee = refused(slackbot, desk.anna.id)
    desk.calm()
    agent = refused(slackbot, desk.tomasz.id)
    desk.calm()
    finance = refused(slackbot, desk.beata.id)
    guest = refused(slackbot, "U0GUEST")
    assert employee.keys() == MONEY
    assert agent.keys() == MONEY | OWN
    assert finance.keys() == OWN
    assert guest.keys() == EVERYTHING
    for text in (*employee.values(), *agent.values(), *finance.values(), *guest.values()):
        assert is_one_sentence(text), text


def test_the_deactivated_bots_and_the_unknown_are_refused_in_one_sentence(
    desk: Office,  # noqa: F811
    slackbot: Slackbot,
    bot: Running,
) -> None:
    world = bot.playground.world
    desk.daniel.changes(deleted=True)
    desk.calm()
    for person in (desk.daniel.id, world.app.bot_user_id, "U0NOBODY", "USLACKBOT", "U0KOWALSKA"):
        answers = {slackbot.call(person, tool, **given).text for tool, given in CALLS.items()}
        assert len(answers) == 1, (person, answers)
        assert is_one_sentence(answers.pop())
    assert slackbot.call(desk.anna.id, "my_tickets").blocks


def test_what_reads_holds_nobody_up_and_is_not_held_up(
    desk: Office,  # noqa: F811
    slackbot: Slackbot,
    books: Turns,  # noqa: F811
) -> None:
    slackbot.call(desk.beata.id, "create_ticket", subject="Drukarka")
    desk.calm()
    desk.settle = lambda: None  # what is to be carried waits
    with books.turn(HOME) as writing:
        customers.save(writing, {"name": "Not committed yet"})
        answers = {
            tool: slackbot.call(desk.beata.id, tool, **CALLS[tool]) for tool in CALLS.keys() - ACTS
        }
    assert {tool: answer.text for tool, answer in answers.items() if answer.is_error} == {}
