"""The table of rights, as an auditor reads it; rights end with what gave them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.catalogue import loader
from bot.cli import cli
from bot.commands.permissions import page
from bot.kit.catalogue import ApprovalStep, Catalogue
from handlers.people.model.permissions import RIGHTS, TIES
from tests.driver import Office
from tests.tickets.catalogues import with_type
from tests.tickets.desk import asks, newest_card

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
SECRET = "Wypowiedzenie"


@pytest.fixture
def rules() -> Catalogue:
    """Contracts are approved by Beata."""
    step = ApprovalStep(approvers=("U0BEATA",))
    return with_type(loader.load(None), "employment_contract", approval=(step,), fields=())


def test_page_is_made_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8").rstrip("\n") == page()


def test_each_right_is_printed_without_a_database() -> None:
    printed = CliRunner().invoke(cli, ["permissions", "--json"])
    lines = [json.loads(line) for line in printed.stdout.splitlines()]
    assert len(lines) == len(RIGHTS) == len({(each["noun"], each["verb"]) for each in lines})
    assert all(each.keys() == {"noun", "verb", "who", "where"} for each in lines)
    assert {tie for right in RIGHTS for tie in right.who} <= TIES.keys()


def held_by_ewa(office: Office) -> None:
    """A private ticket that Ewa of HR has."""
    card = asks(office, "kata", SECRET, "hr_question")
    office.ewa.clicks("tickets.take", on=card)


def sees_nothing(office: Office, who: str) -> None:
    before = len(office[who].notes("#general"))
    office[who].types("/ticket BO-1")
    office[who].types(f"/ticket search {SECRET}")
    assert not office[who].has_modal
    assert len(office[who].notes("#general")) > before
    answers = "\n".join(map(str, office[who].notes("#general")[before:]))
    assert SECRET not in answers.replace(f"„{SECRET}”", "").replace(f"“{SECRET}”", "")


def test_who_left_the_department_sees_nothing_of_what_they_held(office: Office) -> None:
    held_by_ewa(office)
    card = newest_card(office)
    office.ewa.leaves("#bo-hr")
    sees_nothing(office, "ewa")
    office.ewa.forges("tickets.resolve", on=card)
    assert "tickets.resolve" in [field.action_id for field in card.again().fields]
    office.ewa.opens_home()
    assert "BO-1" not in office.ewa.home


def test_agent_who_became_a_guest_or_was_deactivated_has_no_right_left(office: Office) -> None:
    held_by_ewa(office)
    card = newest_card(office)
    office.ewa.changes(deleted=True)
    office.ewa.forges("tickets.resolve", on=card)
    assert "tickets.resolve" in [field.action_id for field in card.again().fields]
    office.ewa.changes(deleted=False)
    office.ewa.types("/ticket BO-1")
    assert SECRET in office.ewa.modal


def test_approver_sees_a_private_ticket_until_it_is_decided(office: Office) -> None:
    office.kata.types(f"/ticket {SECRET}").fills(type="employment_contract").submits()
    office.beata.types("/ticket BO-1")
    assert SECRET in office.beata.modal
    office.beata.closes(everything=True).clicks("Akceptuję")
    sees_nothing(office, "beata")
