"""Approvers who leave a department, the company, or become guests: they decide nothing, and nothing
waits for them.
"""

import pytest

from bot.kit.catalogue import ApprovalStep, Catalogue
from tests.driver import Office
from tests.running import Running
from tests.tickets.catalogues import with_type
from tests.tickets.desk import asks
from tests.tickets.test_approvals import BEATA, EMMA, TOMASZ, asked, chain

NO_SAY = "Nie należysz już do osób, które mogą o tym zdecydować."


@pytest.fixture
def rules(rules: Catalogue, steps: tuple[ApprovalStep, ...]) -> Catalogue:
    return with_type(rules, "it_help", approval=steps)


@pytest.fixture
def steps() -> tuple[ApprovalStep, ...]:
    return (ApprovalStep(approvers=("agents:it",)),)


def becomes_a_guest(office: Office, bot: Running, who: str) -> None:
    office.world.person_named(who).is_restricted = True
    bot.refresh()


def test_who_left_the_department_decides_nothing_and_is_not_waited_for(
    office: Office, bot: Running
) -> None:
    card, button = asks(office), asked(office, "tomasz")
    office.tomasz.leaves("#bo-it")
    office.tomasz.clicks("Akceptuję", on=button)
    assert NO_SAY in office.tomasz.dm[-1]
    office.tomasz.clicks("Odmawiam…", on=button)
    assert not office.tomasz.has_modal
    assert "Tomasz" in card.again()
    bot.tick()
    assert "Waiting for the approval of" in card.again()
    assert "Tomasz" not in card.again()
    assert NO_SAY in button.again()
    assert button.again().buttons == []
    office.istvan.clicks("Jóváhagyom")
    assert "István Horváth approved BO-1." in card.again().thread[-1]


def test_who_left_the_department_reads_nothing_by_a_home_of_before(
    office: Office, bot: Running
) -> None:
    message = office.piotr.says("#intake", "Nowy laptop")
    office.tomasz.opens_home()
    office.tomasz.leaves("#bo-it")
    bot.tick()
    office.piotr.edits(message, "Nowy laptop, hasło tajne")
    office.tomasz.clicks("Zdecyduj…", on="home")
    assert NO_SAY in office.tomasz.modal
    assert "laptop" not in office.tomasz.modal


def test_what_was_decided_is_read_by_no_home_of_before(office: Office) -> None:
    asks(office, text="Nowy laptop")
    office.daniel.opens_home()
    office.tomasz.clicks("Akceptuję")
    office.daniel.clicks("Decide…", on="home")
    assert "This is decided already." in office.daniel.modal
    assert "laptop" not in office.daniel.modal


def test_where_nobody_is_left_those_are_asked_who_work_there_now(
    office: Office, bot: Running
) -> None:
    office.daniel.leaves("#bo-it")
    card = asks(office, "istvan")
    assert "Waiting for the approval of Tomasz" in card
    office.tomasz.invites(office.daniel.id, "#bo-it")
    bot.tick()
    assert office.daniel.dm == []
    becomes_a_guest(office, bot, "tomasz")
    bot.tick()
    office.daniel.clicks("Approve")
    assert "approved BO-1." in card.again().thread[-1]


@chain({"approvers": (TOMASZ,)})
def test_where_the_rule_names_nobody_any_more_administrators_are_asked(
    office: Office, bot: Running
) -> None:
    card = asks(office)
    office.tomasz.changes(deleted=True)
    bot.tick()
    assert "Waiting for the approval of István Horváth" in card.again()


@chain({"approvers": (TOMASZ, EMMA), "needs": "all"})
def test_whoever_has_spoken_carries_it_when_the_others_are_gone(
    office: Office, bot: Running
) -> None:
    card = asks(office)
    office.emma.clicks("Approve")
    becomes_a_guest(office, bot, "tomasz")
    bot.tick()
    assert "Emma Clarke approved BO-1." in card.again().thread[-1]
    assert "New" in card.again()


@chain({"approvers": (TOMASZ, EMMA), "needs": "any"})
def test_who_handed_it_on_is_asked_again_when_the_other_has_left(
    office: Office, bot: Running
) -> None:
    card = asks(office)
    office.tomasz.clicks("Przekaż…").fills(person="beata").submits()
    office.emma.clicks("Refuse…").fills(comment="No").submits()
    becomes_a_guest(office, bot, "beata")
    bot.tick()
    assert "Waiting for the approval of Tomasz" in card.again()
    office.tomasz.clicks("Akceptuję")
    assert "New" in card.again()


@chain({"approvers": (BEATA,)}, {"approvers": (TOMASZ,)})
def test_who_left_before_their_step_is_not_asked(office: Office, bot: Running) -> None:
    card = asks(office)
    becomes_a_guest(office, bot, "tomasz")
    office.beata.clicks("Akceptuję")
    assert "Waiting for the approval of István Horváth" in card.again()
