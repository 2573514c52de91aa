"""People leave a department, a channel or the company, or change their mind: what they held goes
back, and there is a way back from each slip.
"""

import pytest

from tests.driver import Office, Seen
from tests.running import Running
from tests.tickets.desk import asks, newest_card, opened, taken


@pytest.mark.parametrize("how", ["deactivated", "guest", "left the channel", "missed"])
def test_ticket_of_who_leaves_is_in_the_queue_again_and_the_lead_hears(
    office: Office, bot: Running, how: str
) -> None:
    card = taken(office)
    if how == "left the channel":
        office.tomasz.leaves("#bo-it")
    elif how == "deactivated":
        office.tomasz.changes(deleted=True)
    else:
        person = office.world.people["U0TOMASZ"]
        setattr(person, "deleted" if how == "missed" else "is_restricted", True)
        bot.refresh()
        bot.tick()
    office.calm()
    assert "Tomasz" not in str(card.again())
    assert "New" in card.again()
    assert "Tomasz Lewandowski does not work here any more" in card.again().thread[-1]
    (told,) = office.istvan.dm
    assert "BO-1" in told
    office.piotr.clicks("Ponaglij", on=office.piotr.dm[0])
    office.daniel.clicks("Take", on=card)
    bot.tick()
    assert "Daniel" in card.again()


def test_requester_and_follower_who_are_gone(office: Office, bot: Running) -> None:
    office.anna.types("/ticket Monitor").fills(type="it_help", requester="kata").submits()
    card = newest_card(office)
    office.kata.changes(deleted=True)
    office.anna.changes(deleted=True)
    bot.tick()
    told = [seen for seen in card.again().thread if "Kata" in seen and "BO-1" in seen]
    assert len(told) == 1


def test_requester_who_left_the_channel_of_their_thread_reads_in_person(office: Office) -> None:
    root = office.piotr.says("#intake", "Sprawa")
    office.piotr.leaves("#intake")
    office.lena.replies(newest_card(office), "Załatwione")
    (own,) = [seen for seen in office.piotr.dm if "BO-1" in seen]
    assert "Załatwione" in own.thread[-1]
    assert not any("Załatwione" in seen for seen in root.again().thread)


def test_answer_without_take_takes_it(office: Office) -> None:
    card = asks(office)
    office.tomasz.replies(card, "Patrzę")
    assert "In progress · @Tomasz" in card.again()
    office.daniel.replies(card, "Ja też")
    assert "In progress · @Tomasz" in card.again()


def test_note_or_an_own_word_takes_nothing(office: Office) -> None:
    card = asks(office)
    office.tomasz.replies(card, "// kto to bierze?")
    office.piotr.replies(office.piotr.dm[0], "Halo?")
    assert "New" in card.again()


def _presses(office: Office, who: str, card: Seen, button: str) -> None:
    opened(office, who, card)
    office[who].clicks(button)
    office[who].closes(everything=True)


def test_agent_puts_back_and_reopens(office: Office) -> None:
    card = taken(office)
    _presses(office, "tomasz", card, "tickets.put_back")
    assert "nobody yet" in card.again()
    assert "Tomasz Lewandowski has put BO-1 back" in card.again().thread[-1]
    office.tomasz.clicks("Take", on=card).clicks("Resolve", on=card)
    _presses(office, "daniel", card, "tickets.reopen_it")
    assert "In progress · @Tomasz" in card.again()
    assert "BO-1" in office.piotr.dm[0].thread[-1]
    office.later(8 * 86_400)
    office.tomasz.clicks("Resolve", on=card)
    office.later(8 * 86_400)
    opened(office, "daniel", card)
    office.daniel.clicks("tickets.reopen_it")
    assert "cannot be reopened" in str(office.daniel.modal)


def test_requester_takes_a_slip_back_and_what_needs_an_approval_is_asked_anew(
    office: Office,
) -> None:
    card = asks(office)
    own = office.piotr.dm[0]
    office.piotr.clicks("tickets.close", on=own)
    assert "Cancelled" in card.again()
    office.piotr.clicks("tickets.reopen", on=own)
    assert "New" in card.again()
    office.tomasz.clicks("Take", on=card)
    assert "In progress" in card.again()
