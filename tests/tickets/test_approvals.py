"""Tickets that need somebody's approval: any, all, majority; in sequence; changes, delegation, four
eyes.
"""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from typing import Any

import pytest

from bot.edge.turns import Turns
from bot.kit.catalogue import ApprovalStep, Catalogue
from bot.slack import HOME
from handlers.approvals.service import reminders
from tests.driver import Office, Seen
from tests.home.test_conversation import quiet
from tests.people.test_undrawn import forged
from tests.running import Running
from tests.tickets.catalogues import with_type
from tests.tickets.desk import asks, newest_card, opened

ISTVAN, BEATA, EMMA, TOMASZ, DANIEL = (
    f"{name}@baltyk-balaton.example" for name in ("istvan", "beata", "emma", "tomasz", "daniel")
)


@pytest.fixture
def steps() -> tuple[ApprovalStep, ...]:
    return (ApprovalStep(approvers=("lead",)),)


@pytest.fixture
def rules(rules: Catalogue, steps: tuple[ApprovalStep, ...]) -> Catalogue:
    return with_type(rules, "it_help", approval=steps)


def chain(*steps: dict[str, Any]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "steps", [tuple(ApprovalStep(**step) for step in steps)], ids=["chain"]
    )


def asked(office: Office, who: str) -> Seen:
    """The card on which somebody is asked."""
    return next(seen for seen in reversed(office[who].dm) if "BO-1" in seen)


def test_nudge_reaches_whoever_has_still_to_approve(office: Office) -> None:
    asks(office)
    office.piotr.clicks("Ponaglij")
    assert "Piotr Nowak a döntésedre vár." in asked(office, "istvan").thread[-1]
    office.istvan.clicks("Jóváhagyom")
    office.later(5 * 3600)
    office.piotr.clicks("Ponaglij")
    assert len(asked(office, "istvan").thread) == 1


DAY = 24 * 3600


def test_whoever_has_still_to_approve_is_reminded_each_working_morning(
    office: Office, bot: Running
) -> None:
    asks(office)  # on Monday at ten
    bot.tick()
    assert asked(office, "istvan").thread == []
    office.later(22.5 * 3600)  # half past eight
    bot.tick()
    assert asked(office, "istvan").thread == []
    for count in (1, 2, 3, 4):
        office.later(3600 if count == 1 else DAY)
        bot.tick()
        bot.tick()
        assert len(asked(office, "istvan").thread) == count
    assert "Ez még a döntésedre vár." in asked(office, "istvan").thread[-1]
    office.later(2 * DAY)  # Sunday
    bot.tick()
    assert len(asked(office, "istvan").thread) == 4
    card = asked(office, "istvan")
    office.istvan.clicks("Jóváhagyom", on=card)
    office.later(2 * DAY)
    bot.tick()
    assert len(card.again().thread) == 4


def test_reminder_of_a_decision_waits_until_the_quiet_hours_end(
    office: Office, bot: Running
) -> None:
    asks(office)
    quiet(office, "istvan", "8:00", "13:00")
    office.later(DAY)  # ten in the morning
    bot.tick()
    assert asked(office, "istvan").thread == []
    office.later(3 * 3600)
    bot.tick()
    assert len(asked(office, "istvan").thread) == 1


def test_reminder_of_a_decision_waits_for_a_working_day_of_whoever_decides(
    office: Office, bot: Running
) -> None:
    friday = date(2027, 3, 12)  # the Monday after it is a holiday in Hungary
    office.later((friday - date(2026, 11, 23)).days * DAY)
    asks(office)
    for count in (0, 0, 0, 1):
        office.later(DAY)
        bot.tick()
        assert len(asked(office, "istvan").thread) == count


def test_two_instances_at_once_remind_of_a_decision_once(office: Office, bot: Running) -> None:
    asks(office)
    office.later(DAY)
    with ThreadPoolExecutor(1) as other:
        with bot.turns.turn(HOME) as turn:
            reminders.remind_due(turn)
            second = other.submit(remind, bot.turns)
            wait([second], timeout=0.5)  # it looks while nothing of the first is committed
        second.result()
    office.calm()
    assert len(asked(office, "istvan").thread) == 1


def remind(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        reminders.remind_due(turn)


@chain({"approvers": (BEATA,)}, {"approvers": (ISTVAN,)})
def test_patience_begins_when_somebody_is_asked(office: Office, bot: Running) -> None:
    asks(office)
    office.later(15 * DAY)
    bot.tick()
    assert asked(office, "beata").thread == []  # fourteen days are over
    office.beata.clicks("Akceptuję")
    office.later(DAY)
    bot.tick()
    assert len(asked(office, "istvan").thread) == 1
    office.later(14 * DAY)
    bot.tick()
    assert len(asked(office, "istvan").thread) == 1


def test_ticket_waits_for_the_lead_and_goes_on_when_approved(office: Office) -> None:
    card = asks(office)
    assert "Waiting for the approval of István Horváth" in card
    assert "Jóváhagyod ezt?" in asked(office, "istvan")
    office.istvan.clicks("Jóváhagyom")
    assert "New" in card.again()
    assert "István Horváth approved BO-1." in card.thread[-1]
    assert "akceptacja: István Horváth" in office.piotr.dm[0].thread[-1]
    assert asked(office, "istvan").buttons == []


def test_open_approval_blocks_resolution(office: Office) -> None:
    card = asks(office)
    office.tomasz.clicks("Take", on=card).clicks("Resolve", on=card)
    assert "BO-1 czeka na akceptację: István Horváth." in office.tomasz.notes("#bo-it")[-1]
    office.istvan.clicks("Jóváhagyom")
    assert "In progress" in card.again()
    office.tomasz.clicks("Resolve", on=card)
    assert "Resolved" in card.again()


def test_refusal_ends_the_ticket_with_the_reason(office: Office) -> None:
    card = asks(office)
    office.istvan.clicks("Elutasítom…").fills(comment="Túl drága").submits()
    assert "Refused" in card.again()
    assert "Túl drága" in office.piotr.dm[0].thread[-1]


def test_changes_go_back_to_the_requester_and_are_asked_again(office: Office) -> None:
    card = asks(office)
    office.istvan.clicks("Módosítást kérek…").fills(comment="Melyik modell?").submits()
    assert "Waiting for the requester" in card.again()
    assert "Melyik modell?" in office.piotr.dm[0].thread[-1]
    office.piotr.replies(office.piotr.dm[0], "Model X")
    assert "Waiting for the approval of István Horváth" in card.again()
    again = asked(office, "istvan")
    assert "István Horváth kérdése: Melyik modell?" in again
    assert "Piotr Nowak: Model X" in again
    office.istvan.clicks("Jóváhagyom")
    assert "New" in card.again()
    opened(office, "tomasz", card)
    assert "Melyik modell?" in office.tomasz.modal


def test_requester_never_approves_their_own(office: Office) -> None:
    office.istvan.types("/ticket Új laptop").fills(type="it_help").submits()
    assert "nincs, aki megadhatná" in office.istvan.modal


@chain({"approvers": (BEATA, EMMA), "needs": "all"})
def test_whoever_asks_for_somebody_else_does_not_approve_it(office: Office) -> None:
    office.beata.types("/ticket Nowy laptop").fills(type="it_help", requester="piotr").submits()
    card = newest_card(office)
    assert "Waiting for the approval of Emma Clarke" in card
    assert "Beata Kamińska" not in card
    office.emma.clicks("Delegate…").fills(person="beata").submits()
    assert "cannot decide this" in next(iter(office.emma.modal.errors.values()))
    office.emma.fills(person="piotr").submits()
    assert "cannot decide this" in next(iter(office.emma.modal.errors.values()))
    office.emma.closes()
    office.emma.clicks("Ask for changes…").fills(comment="Which model?").submits()
    office.piotr.replies(office.piotr.dm[0], "Model X")
    assert "Waiting for the approval of Emma Clarke" in card.again()
    office.emma.clicks("Approve")
    assert "New" in card.again()


@chain({"approvers": (EMMA, TOMASZ), "needs": "any"})
def test_whoever_splits_a_part_off_does_not_approve_it(office: Office) -> None:
    opened(office, "tomasz", asks(office))
    office.tomasz.clicks("Wydziel…").fills(type="it_help", subject="Nowy laptop").submits()
    card = newest_card(office)
    assert "*BO-2* · Nowy laptop" in card
    assert "Waiting for the approval of Emma Clarke" in card


@chain({"approvers": (ISTVAN, BEATA), "needs": "all"})
def test_all_must_agree(office: Office) -> None:
    card = asks(office)
    office.istvan.clicks("Jóváhagyom")
    assert "Waiting for the approval of Beata Kamińska" in card.again()
    assert "resolve by" not in card.again()
    office.beata.clicks("Akceptuję")
    assert "New" in card.again()


@chain({"approvers": (BEATA, EMMA), "needs": "any"})
def test_every_reason_reaches_the_requester_and_stays_on_the_sheet(office: Office) -> None:
    card = asks(office)
    assert "One approval is enough; it is refused when everybody" in asked(office, "emma")
    office.emma.clicks("Refuse…").fills(comment="Too dear").submits()
    assert "Waiting for the approval of Beata Kamińska" in card.again()
    office.beata.clicks("Odmawiam…").fills(comment="Nie teraz").submits()
    assert "Refused" in card.again()
    for reason in ("Emma Clarke: Too dear", "Beata Kamińska: Nie teraz"):
        assert reason in office.piotr.dm[0].thread[-1]
        assert reason in card.thread[-1]
    opened(office, "tomasz", card)
    assert "odmowa" in office.tomasz.modal
    assert "Too dear" in office.tomasz.modal


@chain({"approvers": (ISTVAN, BEATA, EMMA), "needs": "majority"})
def test_majority_carries(office: Office) -> None:
    card = asks(office)
    office.istvan.clicks("Jóváhagyom")
    assert "Waiting" in card.again()
    office.emma.clicks("Approve")
    assert "New" in card.again()
    assert asked(office, "beata").buttons == []


@chain({"approvers": (BEATA,)}, {"approvers": (ISTVAN,)})
def test_steps_go_one_after_the_other(office: Office) -> None:
    card = asks(office)
    assert office.istvan.dm == []
    office.beata.clicks("Akceptuję")
    assert "Waiting for the approval of István Horváth" in card.again()
    office.istvan.clicks("Jóváhagyom")
    assert "New" in card.again()


@chain({"approvers": (BEATA,)})
def test_delegate_decides_in_their_place(office: Office) -> None:
    card = asks(office)
    office.beata.clicks("Przekaż…").fills(person="piotr").submits()
    assert "nie może o tym zdecydować" in next(
        iter(office.beata.modal.errors.values())
    )  # it is his request
    office.beata.fills(person="emma").submits()
    assert "Przekazano dalej: Emma Clarke." in asked(office, "beata")
    office.emma.clicks("Approve")
    assert "Emma Clarke approved BO-1." in card.again().thread[-1]


@chain({"approvers": (BEATA,)})
def test_whoever_left_meanwhile_does_not_decide_in_their_place(office: Office) -> None:
    card = asks(office)
    office.beata.clicks("Przekaż…").fills(person="emma")
    office.emma.changes(deleted=True)
    office.beata.submits()
    assert "nie może o tym zdecydować" in next(iter(office.beata.modal.errors.values()))
    assert "Waiting for the approval of Beata Kamińska" in card.again()


@chain({"approvers": (BEATA,), "substitute": EMMA})
def test_substitute_is_asked_for_the_absent(office: Office) -> None:
    office.beata.changes(status_emoji=":face_with_thermometer:")
    card = asks(office)
    assert "Waiting for the approval of Emma Clarke" in card


def test_who_is_not_asked_has_no_say(office: Office) -> None:
    card = asks(office)
    button = asked(office, "istvan")
    office.world.channels[button.channel.id].members.append(office.anna.id)
    office.anna.clicks("Jóváhagyom", on=button)
    assert "Waiting" in card.again()


@pytest.mark.parametrize(
    ("button", "state"), [("Jóváhagyom", "In progress"), ("Módosítást kérek…", "Waiting")]
)
def test_decision_wakes_a_snoozed_ticket(office: Office, button: str, state: str) -> None:
    card = asks(office)
    office.tomasz.clicks("Take", on=card)
    opened(office, "tomasz", card)
    office.tomasz.clicks("tickets.snooze").submits()
    assert "until something happens" in card.again()
    office.istvan.clicks(button)
    if office.istvan.has_modal:
        office.istvan.fills(comment="Melyik?").submits()
    assert state in card.again()
    assert ":zzz:" not in card.again()
    office.tomasz.types("/ticket queue")
    assert "BO-1" in str(office.tomasz.notes("#general")[-1])


def test_cancelled_ticket_needs_no_approval_any_more(office: Office) -> None:
    asks(office)
    office.piotr.clicks("Już niepotrzebne")
    assert "Már nincs rá szükség." in asked(office, "istvan")
    assert asked(office, "istvan").buttons == []


@chain({"approvers": (TOMASZ, EMMA), "needs": "any"}, {"approvers": (ISTVAN,)})
def test_cards_name_who_decided_also_to_those_who_have_not_spoken(office: Office) -> None:
    asks(office)
    office.emma.clicks("Approve", on=asked(office, "emma"))
    assert "Approved by Emma Clarke." in asked(office, "emma")
    assert "Akceptacja: Emma Clarke." in asked(office, "tomasz")
    office.istvan.clicks("Elutasítom…", on=asked(office, "istvan"))
    assert "BO-1" in office.istvan.modal
    office.istvan.fills(comment="Túl drága").submits()
    assert "Elutasította: István Horváth." in asked(office, "istvan")


def test_answer_form_says_what_is_answered_and_who_reads_it(office: Office) -> None:
    card = asks(office)
    office.tomasz.clicks("Answer…", on=card)
    assert office.tomasz.modal.title == "Odpowiedź: BO-1"
    assert "Twoją odpowiedź przeczyta @Piotr Nowak" in office.tomasz.modal


@chain({"approvers": (ISTVAN,)}, {"approvers": (EMMA,)})
def test_a_guessed_type_may_be_changed_until_somebody_has_spoken(
    office: Office, bot: Running
) -> None:
    first = office.anna.says("#intake", "Zapomniałam hasło")
    office.anna.chooses("tickets.choose_type", "Wysyłka", on=first.thread[0])
    assert asked(office, "istvan").buttons == []
    second = office.kata.says("#intake", "Elfelejtettem a jelszavam")
    (own,) = second.thread
    asks_istvan = next(seen for seen in reversed(office.istvan.dm) if "BO-2" in seen)
    office.istvan.clicks("Jóváhagyom", on=asks_istvan)
    assert not own.again().has("tickets.choose_type")
    forged(office, bot, office.kata.id, "tickets.choose_type", "2 shipping", own)
    assert "valaki már döntött" in office.kata.picture()
    assert newest_card(office).channel.name == "bo-it"
