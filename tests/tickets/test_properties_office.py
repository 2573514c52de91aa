"""Whatever those concerned do with private tickets in Slack, in whatever order: nobody else sees a
word of it.

``ZAPLECZE_WALKS=50 ZAPLECZE_STEPS=200`` walks farther.
"""

import logging
import os
from collections.abc import Callable
from random import Random

import pytest

from tests.driver import Office, Seen
from tests.tickets.desk import newest_card

SECRET = "szyfrogram"
CONCERNED = (
    "kata",
    "ewa",
    "istvan",
    "zsofia",
    "emma",
)  # requester, agents of both departments, a follower
OUTSIDERS = ("anna", "tomasz", "lena", "marek", "olga", "j.kowalska")
WALKS = int(os.environ.get("ZAPLECZE_WALKS", "1"))
STEPS = int(os.environ.get("ZAPLECZE_STEPS", "25"))

Step = Callable[[Office, Seen, str, str], object]  # the card, who acts, what they say


def form(action: str, **values: object) -> Step:
    """A small form of the sheet, filled in and sent."""

    def step(office: Office, card: Seen, who: str, text: str) -> None:
        office[who].clicks("tickets.open", on=card).clicks(action)
        given = {name: text if value == "…" else value for name, value in values.items()}
        office[who].fills(given).submits()

    return step


def press(action: str) -> Step:
    return lambda office, card, who, text: office[who].clicks(action, on=card)


def reply(mark: str = "") -> Step:
    return lambda office, card, who, text: office[who].replies(card, f"{mark}{text}")


def own(office: Office) -> Seen:
    return next(seen for seen in reversed(office.kata.dm) if "BO-" in seen)


def edits(office: Office, card: Seen, who: str, text: str) -> None:
    said = [seen for seen in card.again().thread if seen.author == office[who]._person.real_name]
    assert said, "nothing to edit"
    office[who].edits(said[-1], f"// {text}" if len(text) % 2 else text)


AGENTS: dict[str, Step] = {
    "take": press("tickets.take"),
    "reply": reply(),
    "note": reply("// "),
    "edit": edits,
    "answer": form("tickets.answer", text="…", then="requester"),
    "remark": form("tickets.answer", text="…", then="note"),
    "resolve": press("tickets.resolve"),
    "assign": form("tickets.assign", assignee="Ewa Dąbrowska"),
    "payroll": form("tickets.retype", type="payroll_question"),
    "hr": form("tickets.retype", type="hr_question"),
    "open to all": form("tickets.retype", type="it_help"),
    "split": form("tickets.split", type="hr_question", subject="…", description="…"),
    "merge": form("tickets.merge", target="BO-1"),
    "follow": form("tickets.follow", followers=["emma"]),
    "escalate": form("tickets.escalate", why="…"),
    "snooze": form("tickets.snooze"),
}
REQUESTER: dict[str, Step] = {
    "write": lambda office, card, who, text: office.kata.replies(own(office), text),
    "more": lambda office, card, who, text: (
        office.kata.types(f"/ticket {text}").fills(type="hr_question").submits()
    ),
    "add": lambda office, card, who, text: (
        office.kata.clicks("tickets.add", on=own(office)).fills(text=text).submits()
    ),
    "nudge": lambda office, card, who, text: office.kata.clicks("tickets.nudge", on=own(office)),
    "close": lambda office, card, who, text: office.kata.clicks("tickets.close", on=own(office)),
    "reopen": lambda office, card, who, text: office.kata.clicks("tickets.reopen", on=own(office)),
}


@pytest.mark.parametrize("seed", range(WALKS))
def test_outsiders_see_no_word_of_it(
    office: Office, caplog: pytest.LogCaptureFixture, seed: int
) -> None:
    caplog.set_level(logging.INFO)
    random = Random(seed)
    office.kata.types(f"/ticket {SECRET} 0").fills(type="hr_question").submits()
    done = [step(office, random, number) for number in range(1, STEPS + 1)]
    assert done.count("") < len(done) * 3 / 4, "much was possible"
    for who in OUTSIDERS:
        assert SECRET not in seen_by(office, who), f"{who} sees it after {done}"
    assert SECRET not in caplog.text


def step(office: Office, random: Random, number: int) -> str:
    """One deed of one of those concerned; its name, or nothing where it was not possible now."""
    text, card = f"{SECRET} {number}", random.choice(cards(office))
    who = random.choice(("ewa", "istvan", "zsofia", "kata"))
    name = random.choice(sorted(REQUESTER if who == "kata" else AGENTS))
    deed = (REQUESTER if who == "kata" else AGENTS)[name]
    try:
        if who == "kata" or office[who].id in card.channel.members:
            deed(office, card, who, text)
        return name
    except AssertionError:  # no such button now, nothing to edit
        return ""
    finally:
        if office[who].has_modal:
            office[who].closes(everything=True)


def cards(office: Office) -> list[Seen]:
    """The living triage cards."""
    places = [office.world.channel_named(name) for name in ("bo-hr", "bo-payroll")]
    shown = [
        Seen(office.world, place, message) for place in places for message in place.top_level()
    ]
    return [seen for seen in shown if seen.raw.get("blocks")] or [newest_card(office)]


def seen_by(office: Office, who: str) -> str:
    """All that they see in Slack, and all that they find when they look for it."""
    person = office[who]
    shown = [person.picture()]
    if who in ("olga", "j.kowalska"):
        return "\n".join(shown)
    person.opens_home()
    shown.append(str(person.home))
    for line in (
        "/ticket mine",
        "/ticket queue",
        "/ticket search szyfro*",
        "/ticket search bo",
        "/ticket BO-1",
    ):
        person.types(line)
        shown.append(person.picture())
        if person.has_modal:
            person.closes(everything=True)
    person.types("/ticket cokolwiek innego").fills(type="hr_question")
    shown.append(person.picture())
    person.closes(everything=True)
    return "\n".join(shown)
