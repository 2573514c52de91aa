"""Customers by a list."""

from pathlib import Path

import pytest

from bot.edge.turns import Turns
from bot.kit.tables.lists import HeadingMissing
from bot.slack import HOME
from handlers.ledger.service.customer_import import take
from storage.invoices import customers
from storage.people import people
from storage.turn import Turn
from tests.invoices.samples import workbook_with

LIST = (
    "Nazwa;NIP;Kraj;Język;Opiekun;Kanał;Aliasy\n"
    "Żubr Sp. z o.o.;725-110-00-33;PL;pl;piotr@x.example;#ext-zubr;Żubr|Zubr\n"
)
REPORTED = ("customer.csv", "odd-customers.csv")


def knows_piotr(turn: Turn) -> None:
    person = {
        "id": "U1",
        "name": "Piotr Nowak",
        "email": "piotr@x.example",
        "locale": "pl-PL",
        "timezone": "UTC",
    }
    flags = {
        "is_external": False,
        "is_admin": False,
        "is_bot": False,
        "is_deleted": False,
        "status": "",
    }
    people.save_person(turn, {**person, **flags})


def test_list_adds_then_changes_then_leaves_alone(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        knows_piotr(turn)
        assert take(turn, LIST.encode("cp1250")).added == 1
        assert take(turn, LIST.encode()).unchanged == 1
        assert take(turn, LIST.replace("#ext-zubr", "ext-bison").encode()).changed == 1
        (found,) = customers.search(turn, "zubr", owner="U1")
        assert (found.tax_id, found.language, found.channel) == ("7251100033", "pl", "ext-bison")


def test_wrong_lines_are_named_and_the_rest_is_taken(turns: Turns) -> None:
    wrong = "A,xx,,\nB,,nobody@x.example,\n,,,x\nC,,,Europe/Nowhere\n"
    listed = f"name,language,owner,time zone\n{wrong}D,hu,,Europe/Budapest\n"
    with turns.turn(HOME) as turn:
        done = take(turn, listed.encode())
        assert (done.added, done.failed) == (1, 4)
        assert [refused.line for refused in done.problems] == [2, 3, 4, 5]
        assert "nobody@x.example" in str(done.problems[1].problem)


@pytest.mark.parametrize(
    "listed",
    [
        "name,tax id,country\nHolz GmbH,DE100000207,DE\nPedra Lda,100000207,PT\n",
        "name,tax id\nHolz GmbH,DE100000207\nPedra Lda,PT 100 000 207\n",
    ],
)
def test_same_number_of_another_country_is_another_customer_in_a_list_too(
    turns: Turns, listed: str
) -> None:
    with turns.turn(HOME) as turn:
        assert take(turn, listed.encode()).added == 2
        assert take(turn, listed.encode()).unchanged == 2


def test_list_without_names_is_refused(turns: Turns) -> None:
    with turns.turn(HOME) as turn, pytest.raises(HeadingMissing, match="one of: “name”"):
        take(turn, b"a;b\n1;2\n")


def test_list_says_what_kind_of_debtor_a_customer_is(turns: Turns) -> None:
    listed = (
        "Nazwa;Rodzaj klienta\nSzpital Miejski;podmiot leczniczy\nJan Kowal;Konsument\n"
        "Firma X;firma\nKtoś;kosmita\n"
    )
    with turns.turn(HOME) as turn:
        done = take(turn, listed.encode())
        assert (done.added, done.failed) == (3, 1)
        assert "kosmita" in str(done.problems[0].problem)
        kinds = {each.name: each.debtor for each in customers.everybody(turn)}
    assert kinds == {"Szpital Miejski": "medical", "Jan Kowal": "consumer", "Firma X": "business"}


def test_customers_are_read_from_every_sheet_of_a_workbook_below_its_title(turns: Turns) -> None:
    polish: list[list[object]] = [["Kontrahenci"], [], ["Nazwa", "NIP"], ["Bór S.A.", 7251100033]]
    book = workbook_with(polish, [["Vevő", "Adószám"], ["Szél Kft.", "12892312-2-41"]])
    with turns.turn(HOME) as turn:
        assert take(turn, book).added == 2
        known = {each.name: each.tax_id for each in customers.everybody(turn)}
    assert known == {"Bór S.A.": "7251100033", "Szél Kft.": "12892312"}


def test_reported_lists_of_odd_names_are_taken_whole(turns: Turns, data: Path) -> None:
    folder = data / "reported" / "office"
    with turns.turn(HOME) as turn:
        done = [take(turn, (folder / name).read_bytes()) for name in REPORTED]
        names = {each.name for each in customers.everybody(turn)}
    assert [(one.failed, one.added) for one in done] == [(0, 1), (0, 6)]
    assert {"Kowalska Sp. z o.o.", 'A & B <b>X</b> <para> %s {0} "Żółć"'} < names
