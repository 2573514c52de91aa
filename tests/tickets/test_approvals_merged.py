"""Nobody decides on what they ask for by way of another ticket, and what waits for an approval is
not merged into what needs none.
"""

import pytest

from bot.kit.catalogue import ApprovalStep, Catalogue
from tests.driver import Office, Seen
from tests.tickets.catalogues import with_new_type, with_type
from tests.tickets.desk import asks, opened
from tests.tickets.test_approvals import BEATA, EMMA, asked

FOR_EMMA = "Waiting for the approval of Emma Clarke"


@pytest.fixture
def rules(rules: Catalogue) -> Catalogue:
    """Help is approved by Beata or Emma, a question by nobody."""
    question = rules.request_types["it_help"].model_copy(update={"key": "it_question"})
    step = ApprovalStep(approvers=(BEATA, EMMA), needs="any")
    return with_type(with_new_type(rules, question), "it_help", approval=(step,))


def merged(office: Office, card: Seen, into: str) -> None:
    opened(office, "tomasz", card)
    office.tomasz.clicks("tickets.merge").fills(target=into).submits()


def test_who_is_asked_and_asks_for_it_by_a_merged_ticket_decides_no_more(office: Office) -> None:
    first = asks(office, "piotr", "Nowy laptop")
    second = asks(office, "beata", "Nowy laptop dla mnie")
    merged(office, second, "BO-1 · Nowy laptop")
    assert "Merged into BO-1" in second.again()
    assert FOR_EMMA in first.again()
    assert "Beata" not in first.again().text
    assert any("Nie należysz już do osób" in seen for seen in office.beata.dm)
    assert not any("Akceptuję" in seen.buttons for seen in office.beata.dm)
    office.emma.clicks("Approve", on=asked(office, "emma"))
    assert "New" in first.again()


def test_what_somebody_approved_and_asks_for_afterwards_is_approved_by_another(
    office: Office,
) -> None:
    first = asks(office, "piotr", "Nowy laptop")
    office.beata.clicks("approvals.approve")
    second = asks(office, "beata", "Nowy laptop dla mnie")
    office.emma.clicks("Approve")
    merged(office, second, "BO-1 · Nowy laptop")
    assert FOR_EMMA in first.again()
    assert "so its approval is asked for anew" in " ".join(map(str, first.thread))


def test_what_waits_for_an_approval_goes_on_in_nothing_that_needs_none(office: Office) -> None:
    asks(office, "piotr", "Drukarka", kind="it_question")
    second = asks(office, "piotr", "Nowy laptop")
    merged(office, second, "BO-1 · Drukarka")
    assert "BO-2 czeka na akceptację" in office.tomasz.modal
    assert "Waiting for the approval" in second.again()
