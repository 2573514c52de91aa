"""A kind of document has one name: the catalogue's, wherever somebody reads it in Slack."""

import pytest

from bot.kit.catalogue import Catalogue
from tests.documents.test_conversation import US, kowalska
from tests.documents.test_letters import reminder
from tests.driver import Office, Seen
from tests.reminders.conftest import books

__all__ = ["books", "kowalska", "reminder"]
OWN = {"account_statement": "Karta kontrahenta", "payment_demand": "Pismo windykacyjne"}


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    existing = dict(shipped.document_kinds)
    for key, label in OWN.items():
        named = existing[key].label.model_copy(update={"pl": label})
        existing[key] = existing[key].model_copy(update={"label": named})
    return shipped.model_copy(update={"company": US, "document_kinds": existing})


def test_form_and_answer_call_a_kind_as_the_catalogue_does(office: Office, kowalska: int) -> None:
    office.piotr.types("/document statement Kowalska", "#sales")
    assert office.piotr.modal.value("kind") == OWN["account_statement"]
    office.piotr.submits()
    assert f"*{OWN['account_statement']}* ZD-000001" in office.piotr.dm[-1]


def test_approval_calls_a_kind_as_the_catalogue_does(office: Office, reminder: Seen) -> None:
    office.beata.clicks("Pismo…", on=reminder).submits()
    (card,) = [seen for seen in office.marek.dm if "ZD-000001" in seen]
    assert f"*{OWN['payment_demand']}* ZD-000001" in card
