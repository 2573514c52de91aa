"""Service levels: working time, standing still while waiting, warnings before and at the breach."""

import re
from datetime import timedelta

import pytest

from bot.kit.catalogue import Catalogue, Targets
from tests.driver import Office, Seen
from tests.running import Running
from tests.tickets.catalogues import with_type
from tests.tickets.desk import asks, opened, taken

HOUR = 3600
promised = Targets(normal=timedelta(hours=4), urgent=timedelta(hours=2))


@pytest.fixture
def rules(rules: Catalogue) -> Catalogue:
    """IT answers within four hours and resolves within four; works 8 to 16 in Warsaw, where the
    test begins at 10.
    """
    return with_type(rules, "it_help", first_response=promised, resolution=promised)


def told(office: Office, who: str) -> str:
    return "\n".join(str(seen) for seen in office[who].dm)


def wait(office: Office, bot: Running, hours: float) -> None:
    office.later(hours * HOUR)
    bot.tick()


def due(card: Seen) -> str:
    promise: str
    (promise,) = re.findall(r"\*(resolve by [^*]+)\*", str(card.again()))
    return promise


def test_assignee_is_warned_before_and_the_lead_told_at_the_breach(
    office: Office, bot: Running
) -> None:
    card = taken(office)
    wait(office, bot, 2.9)
    assert told(office, "tomasz") == ""
    wait(office, bot, 0.2)
    assert "BO-1 · Drukarka nie działa: termin załatwienia 23 lis 2026 13:00 UTC" in told(
        office, "tomasz"
    )
    assert told(office, "istvan") == ""
    wait(office, bot, 1)
    assert "a megoldási határidő lejárt" in told(office, "istvan")
    wait(office, bot, 1)
    assert told(office, "istvan").count("a megoldási határidő lejárt") == 1
    assert "In progress" in card.again()


def test_promises_that_are_missed_at_once_come_in_one_message(office: Office, bot: Running) -> None:
    taken(office)
    taken(office, who="kata", text="Nyomtató")
    wait(office, bot, 3.1)
    (warned,) = office.tomasz.dm
    assert "Zbliżające się terminy: 4" in warned
    wait(office, bot, 1)
    (missed,) = office.istvan.dm
    assert "Lejárt határidők: 4" in missed
    assert "BO-1 · Drukarka nie działa: a megoldási határidő lejárt" in missed
    assert "BO-2 · Nyomtató: a válaszhatáridő lejárt" in missed
    office.istvan.clicks("tickets.open", on=missed)
    assert office.istvan.modal.title == "BO-1"


def test_unassigned_ticket_warns_the_channel(office: Office, bot: Running) -> None:
    card = asks(office)
    wait(office, bot, 3.1)
    assert "somebody should answer by" in "\n".join(map(str, card.again().thread))


def test_missed_promise_reads_as_missed_on_card_sheet_and_lists(
    office: Office, bot: Running
) -> None:
    card = taken(office)
    assert "missed" not in card.again()
    wait(office, bot, 4.1)
    assert ":rotating_light: missed: resolve by 2026-11-23 13:00 UTC" in card.again()
    opened(office, "tomasz", card)
    assert "po terminie: załatwienie do 2026-11-23 13:00 UTC" in office.tomasz.modal
    office.tomasz.closes(everything=True).types("/ticket queue", "#general")
    assert "po terminie: odpowiedź do 2026-11-23 13:00 UTC" in office.tomasz.notes("#general")[-1]


def test_missed_promise_stays_missed_when_its_clock_goes_on_after_a_wait(
    office: Office, bot: Running
) -> None:
    card = taken(office)
    wait(office, bot, 4.1)
    office.tomasz.clicks("Answer…", on=card).fills(text="Which floor?", then="requester").submits()
    assert "resolve by" not in card.again()
    office.later(20 * HOUR)
    office.piotr.replies(office.piotr.dm[0], "Drugie")
    assert "missed: resolve by 2026-11-23 13:0" in card.again()


def test_answer_ends_the_first_response_and_not_the_resolution(
    office: Office, bot: Running
) -> None:
    card = taken(office)
    office.tomasz.replies(card, "I look at it")
    assert "answer by" not in card.again()
    assert "resolve by" in card.again()
    wait(office, bot, 4.1)
    assert "a válaszhatáridő lejárt" not in told(office, "istvan")
    assert "a megoldási határidő lejárt" in told(office, "istvan")


def test_clock_stands_still_while_waiting(office: Office, bot: Running) -> None:
    card = taken(office)
    office.later(HOUR)
    office.tomasz.clicks("Answer…", on=card).fills(text="Which floor?", then="requester").submits()
    assert "resolve by" not in card.again()
    wait(office, bot, 48)
    assert told(office, "istvan") == ""
    office.piotr.replies(office.piotr.dm[0], "Drugie")
    assert due(card) == "resolve by 2026-11-25 13:00 UTC"


def test_nights_and_holidays_do_not_count(office: Office, bot: Running) -> None:
    office.later(5.5 * HOUR)  # 15:30 in Warsaw
    card = taken(office)
    assert due(card) == "resolve by 2026-11-24 10:30 UTC"


def test_change_of_priority_keeps_what_is_used_up(office: Office) -> None:
    card = taken(office)
    office.later(HOUR)
    opened(office, "tomasz", card)
    office.tomasz.clicks("Rodzaj, priorytet…").fills(priority="urgent").submits()
    assert due(card) == "resolve by 2026-11-23 11:00 UTC"  # one of two hours is left


def test_missed_promise_stays_missed_when_more_time_is_given_afterwards(
    office: Office, bot: Running
) -> None:
    card = taken(office)
    assert "załatwienie do" not in office.piotr.dm[0]  # the answer is promised first
    assert "odpowiedź do" in office.piotr.dm[0]
    wait(office, bot, 4.1)
    opened(office, "tomasz", card)
    office.tomasz.clicks("Rodzaj, priorytet…").fills(priority="low").submits()
    assert ":rotating_light: missed: resolve by 2026-11-23 13:0" in card.again()


def test_resolved_and_reopened_ticket_goes_on_with_what_is_left(office: Office) -> None:
    card = taken(office)
    office.later(HOUR)
    office.tomasz.clicks("Resolve", on=card)
    office.later(1.5 * HOUR)
    office.piotr.clicks("Otwórz ponownie")
    assert due(card) == "resolve by 2026-11-23 14:30 UTC"  # at 11:30 UTC three hours are left
