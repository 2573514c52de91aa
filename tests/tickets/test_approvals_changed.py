"""What was approved and reads differently afterwards was approved by nobody: it is asked anew."""

import pytest

from bot.kit.catalogue import ApprovalStep, Catalogue
from tests.driver import Office, Seen
from tests.running import Running
from tests.tickets.catalogues import with_type
from tests.tickets.desk import asks, newest_card, opened
from tests.tickets.test_approvals import DANIEL, EMMA, ISTVAN, asked

APPROVED = "New"
AGAIN = "Waiting for the approval of István Horváth"


@pytest.fixture
def rules(rules: Catalogue) -> Catalogue:
    """Help and purchases are approved by István, then by Emma, a repair by Daniel, anything else by
    István or Emma.
    """
    steps = (ApprovalStep(approvers=(ISTVAN,)), ApprovalStep(approvers=(EMMA,)))
    rules = with_type(rules, "it_help", approval=steps)
    rules = with_type(rules, "equipment_purchase", approval=steps)
    rules = with_type(rules, "general", approval=(ApprovalStep(approvers=(ISTVAN, EMMA)),))
    repair = (ApprovalStep(approvers=(DANIEL,)),)
    return with_type(rules, "equipment_repair", approval=repair)


def approved(office: Office) -> None:
    office.istvan.clicks("Jóváhagyom")
    office.emma.clicks("Approve")


def written(office: Office, text: str = "Nowy laptop za 3000 zł") -> tuple[Seen, Seen]:
    """A message that became a ticket, and the department's card."""
    message = office.piotr.says("#intake", text)
    return message, newest_card(office)


def test_message_that_is_edited_after_its_approval_is_approved_anew(office: Office) -> None:
    message, card = written(office)
    approved(office)
    assert APPROVED in card.again()
    decided = asked(office, "emma")
    office.piotr.edits(message, "Nowy laptop za 30000 zł")
    assert AGAIN in card.again()
    assert "so its approval is asked for anew" in card.thread[-1]
    assert "It was changed after somebody had decided on it." in decided.again()
    again = asked(office, "istvan")
    assert "Nowy laptop za 30000 zł" in again
    assert "⚠️ Egy korábbi döntés után módosították." in again
    approved(office)
    assert APPROVED in card.again()


def test_vote_that_was_given_before_an_edit_counts_no_more(office: Office) -> None:
    message, card = written(office)
    office.istvan.clicks("Jóváhagyom")
    office.piotr.edits(message, "Nowy laptop za 30000 zł")
    assert AGAIN in card.again()
    emmas = office.emma.dm[-1]
    assert "It was changed after somebody had decided on it." in emmas
    assert "Approve" not in emmas.buttons
    assert "Egy korábbi döntés után módosították." in office.istvan.dm[0]


def test_who_has_not_spoken_goes_on_being_asked_as_it_reads_now(office: Office) -> None:
    message, card = written(office)
    office.piotr.edits(message, "Nowy laptop za 30000 zł")
    assert len(office.istvan.dm) == 1
    assert "30000" in office.istvan.dm[0]
    approved(office)
    assert APPROVED in card.again()


def test_click_on_a_card_that_reads_otherwise_by_now_approves_nothing(
    office: Office, bot: Running
) -> None:
    card = asks(office, text="Nowy laptop za 3000 zł")
    opened(office, "tomasz", card)
    office.tomasz.clicks("tickets.retype").fills(type="equipment_purchase")
    office.settle = lambda: None  # the approver sees the card as it was
    office.tomasz.submits()
    office.istvan.clicks("Jóváhagyom")
    assert "Időközben módosították" in office.istvan.dm[-1]
    office.settle = bot.settle
    bot.settle()
    assert AGAIN in card.again()
    assert "Eszközbeszerzés" in office.istvan.dm[0]
    approved(office)
    assert APPROVED in card.again()


def test_form_on_home_that_reads_otherwise_by_now_is_shown_anew(office: Office) -> None:
    message, card = written(office)
    office.istvan.opens_home()
    office.istvan.clicks("Döntés…", on="home").fills(verdict="approved", comment="Mehet")
    office.piotr.edits(message, "Nowy laptop za 30000 zł")
    office.istvan.submits()
    assert "Időközben módosították" in office.istvan.modal
    assert "30000" in office.istvan.modal
    assert AGAIN in card.again()
    office.istvan.fills(verdict="approved", comment="Mehet").submits()
    office.emma.clicks("Approve")
    assert APPROVED in card.again()


@pytest.mark.parametrize("button", ["Elutasítom…", "Módosítást kérek…"])
def test_refusal_of_what_reads_otherwise_by_now_is_shown_anew(office: Office, button: str) -> None:
    message, card = written(office)
    office.istvan.clicks(button).fills(comment="Drága")
    assert "3000" in office.istvan.modal
    office.piotr.edits(message, "Nowy laptop za 300 zł")
    office.istvan.submits()
    assert "Időközben módosították" in office.istvan.modal
    assert "Nowy laptop za 300 zł" in office.istvan.modal
    assert AGAIN in card.again()
    office.istvan.fills(comment="Drága").submits()
    assert not office.istvan.has_modal
    assert AGAIN not in card.again()


@pytest.mark.parametrize("verdict", ["rejected", "changes"])
def test_refusal_on_home_of_what_reads_otherwise_by_now_is_shown_anew(
    office: Office, verdict: str
) -> None:
    message, card = written(office)
    office.istvan.opens_home()
    office.istvan.clicks("Döntés…", on="home").fills(verdict=verdict, comment="Drága")
    office.piotr.edits(message, "Nowy laptop za 300 zł")
    office.istvan.submits()
    assert "Időközben módosították" in office.istvan.modal
    assert AGAIN in card.again()
    office.istvan.fills(verdict=verdict, comment="Drága").submits()
    assert AGAIN not in card.again()


def test_form_on_home_that_is_asked_anew_meanwhile_is_shown_anew(office: Office) -> None:
    card = asks(office, text="Nowy laptop za 3000 zł", kind="general")
    office.istvan.opens_home()
    office.istvan.clicks("Döntés…", on="home").fills(verdict="approved", comment="Mehet")
    office.emma.clicks("Ask for changes…").fills(comment="Which model?").submits()
    office.piotr.replies(office.piotr.dm[0], "Model X")
    office.istvan.submits()
    assert "Időközben módosították" in office.istvan.modal
    assert "Model X" in office.istvan.modal
    office.istvan.fills(verdict="approved", comment="Mehet").submits()
    assert APPROVED in card.again()


def test_form_that_lay_open_while_it_was_approved_asks_anew(office: Office) -> None:
    card = asks(office, text="Nowy laptop za 3000 zł")
    office.istvan.clicks("Módosítást kérek…").fills(comment="Melyik modell?").submits()
    office.piotr.clicks("tickets.complete", on=office.piotr.dm[0])
    office.piotr.replies(office.piotr.dm[0], "Model X")
    approved(office)
    assert APPROVED in card.again()
    office.piotr.fills(subject="Nowy laptop za 30000 zł").submits()
    assert AGAIN in card.again()
    opened(office, "tomasz", card)
    assert "zmieniono treść, ponowna prośba o akceptację" in office.tomasz.modal


def test_form_sent_as_it_was_leaves_the_approval(office: Office) -> None:
    card = asks(office, text="Nowy laptop za 3000 zł")
    office.istvan.clicks("Módosítást kérek…").fills(comment="Melyik modell?").submits()
    office.piotr.clicks("tickets.complete", on=office.piotr.dm[0])
    office.piotr.replies(office.piotr.dm[0], "Model X")
    approved(office)
    office.piotr.submits()
    assert APPROVED in card.again()


def test_what_is_edited_after_its_end_is_approved_anew_when_it_is_opened_again(
    office: Office,
) -> None:
    message, card = written(office)
    approved(office)
    office.tomasz.clicks("tickets.resolve", on=card)
    office.piotr.edits(message, "Nowy laptop za 30000 zł")
    assert "Resolved" in card.again()
    assert len(office.istvan.dm) == 1
    office.piotr.says("#intake", "Jednak nie działa", thread=message)
    assert AGAIN in card.again()
    assert "30000" in asked(office, "istvan")


def test_other_type_asks_those_whom_it_wants(office: Office) -> None:
    card = asks(office, text="Nowy laptop")
    opened(office, "tomasz", card)
    office.tomasz.clicks("tickets.retype").fills(type="equipment_repair").submits()
    assert "Waiting for the approval of Daniel Hughes" in card.again()
    assert office.istvan.dm[0].again().buttons == []
    office.daniel.clicks("approvals.approve")
    assert APPROVED in card.again()
