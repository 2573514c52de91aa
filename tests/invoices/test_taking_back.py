"""An import of statements is taken back whole, or stays with a list of what was built on it."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.ledger.service import lookup
from handlers.ledger.service.bank import import_reversal, own_accounts, reconciliation
from handlers.ledger.service.bank.import_reversal import TakenBack
from handlers.ledger.service.bank.reconciliation import Sums
from handlers.ledger.statements.values import Entry, Statement, StatementFile, statement
from storage.bank import imports, statements
from storage.invoices import payments
from tests.driver import Office, Seen
from tests.invoices.test_conversation import OVERDUE, asks
from tests.invoices.test_conversation_office import STATEMENT
from tests.invoices.test_statement_accounts import THEIRS, statement_of

ACCOUNT, OTHER = "PL41109010140000000042000001", "PL61109010140000071219812874"


def drops(office: Office, title: str = OVERDUE, name: str = "wyciag.sta") -> str:
    """Booked, or waiting, as the title says; what was told in the thread."""
    content = STATEMENT.format(title=title).encode()
    return str(office.marek.uploads("@zaplecze", name, content).again().thread[-1])


def asked(office: Office, content: bytes) -> Seen:
    """The last word in the thread of a dropped statement."""
    return office.marek.uploads("@zaplecze", "wyciag.sta", content).again().thread[-1]


def window(office: Office) -> str:
    office.marek.clicks("Wczytane wyciągi…", on=office.marek.sees("#bo-accounting")[-1])
    return str(office.marek.modal)


def told(account: str, day: date, reference: str = "R1") -> list[Statement]:
    line = Entry(day, Decimal("77.00"), "PLN", "czynsz", "OBCY", None, reference)
    return [
        statement(
            format="mt940",
            account=account,
            currency="PLN",
            opening=None,
            closing=None,
            entries=(line,),
        )
    ]


def takes(turns: Turns, read: list[Statement], name: str = "wyciag.sta") -> int:
    with turns.turn(HOME) as turn:
        reconciliation.take(turn, StatementFile(name, read), Sums())
        return imports.newest(turn, 1)[0].id


def takes_back(turns: Turns, import_id: int) -> bool:
    with turns.turn(HOME) as turn:
        obstacles, _ = import_reversal.take_back(turn, import_id)
        return not obstacles


def test_an_import_is_taken_back_with_its_bookings_and_may_come_again(desk: Office) -> None:
    drops(desk)
    assert "zapłacona" in asks(desk, "piotr", OVERDUE)
    assert "*wyciag.sta*" in window(desk)
    desk.gabor.forges("Wczytane wyciągi…", on=desk.marek.sees("#bo-accounting")[-1])
    assert not desk.gabor.has_modal
    desk.marek.clicks("Cofnij…")
    assert "Import cofnięty: usunięto 1 wpłatę" in str(desk.marek.modal)
    assert "*wyciag.sta*" not in str(desk.marek.modal)
    assert "po terminie" in asks(desk, "piotr", OVERDUE)
    assert "1 zaksięgowana na fakturze" in drops(desk)
    assert "zapłacona" in asks(desk, "piotr", OVERDUE)


def test_what_was_booked_by_hand_keeps_the_import(desk: Office) -> None:
    drops(desk, "przelew")
    board = desk.marek.sees("#bo-accounting")[-1]
    desk.marek.clicks(OVERDUE, on=board)
    window(desk)
    desk.marek.clicks("Cofnij…")
    assert "Importu nie można cofnąć" in str(desk.marek.modal)
    assert "10\xa0239,75\xa0zł" in str(desk.marek.modal)
    assert "zaksięgowano ręcznie" in str(desk.marek.modal)
    assert "zapłacona" in asks(desk, "piotr", OVERDUE)


def test_a_document_that_counts_the_money_keeps_the_import(desk: Office) -> None:
    drops(desk)
    desk.marek.types("/document zestawienie Kowalska", "@zaplecze").submits()
    window(desk)
    desk.marek.clicks("Cofnij…")
    assert "Uwzględnia go dokument" in str(desk.marek.modal)
    assert "zapłacona" in asks(desk, "piotr", OVERDUE)


def test_the_copy_of_an_invoice_counts_no_money(desk: Office) -> None:
    drops(desk)
    desk.marek.types(f"/document kopia {OVERDUE}", "@zaplecze")
    assert any(seen.files for seen in desk.marek.dm)
    window(desk)
    desk.marek.clicks("Cofnij…")
    assert "Import cofnięty" in str(desk.marek.modal)


def test_an_import_is_taken_back_once(turns: Turns) -> None:
    import_id = takes(turns, told(ACCOUNT, date(2026, 11, 20)))
    assert takes_back(turns, import_id)
    with turns.turn(HOME) as turn, pytest.raises(TakenBack):
        import_reversal.take_back(turn, import_id)


def test_freshness_is_what_the_other_files_tell(turns: Turns) -> None:
    first = takes(turns, told(ACCOUNT, date(2010, 6, 4)), "stary.sta")
    with turns.turn(HOME) as turn:
        old = own_accounts.known_until(turn)
    second = takes(turns, told(ACCOUNT, date(2026, 11, 20), "R2"))
    third = takes(turns, told(OTHER, date(2011, 1, 1), "R3"))
    assert takes_back(turns, third)
    assert takes_back(turns, second)
    with turns.turn(HOME) as turn:
        assert own_accounts.known_until(turn) == old
    assert takes_back(turns, first)
    with turns.turn(HOME) as turn:
        assert own_accounts.known_until(turn) is None
        assert statements.waiting(turn) == []


def test_a_file_that_came_again_tells_nothing_of_what_is_gone_with_the_first(turns: Turns) -> None:
    first = takes(turns, told(ACCOUNT, date(2026, 11, 20)))
    again = takes(turns, told(ACCOUNT, date(2026, 11, 20)), "ponownie.sta")
    other = takes(turns, told(ACCOUNT, date(2026, 11, 12), "R2"), "wczesniej.sta")
    assert takes_back(turns, first)
    until_that_day = datetime(2026, 11, 20, tzinfo=ZoneInfo("Europe/Warsaw"))
    with turns.turn(HOME) as turn:
        assert own_accounts.known_until(turn) == until_that_day
    assert takes_back(turns, other)
    with turns.turn(HOME) as turn:
        assert own_accounts.known_until(turn) == until_that_day
    assert takes_back(turns, again)
    with turns.turn(HOME) as turn:
        assert own_accounts.known_until(turn) is None


def test_what_was_booked_by_hand_and_undone_keeps_nothing(books: Turns) -> None:
    import_id = takes(books, told(ACCOUNT, date(2026, 11, 20)))
    with books.turn(HOME) as turn:
        invoice = next(
            item
            for item in (lookup.get(turn, id_) for id_ in range(1, 200))
            if item.invoice.direction == "receivable" and item.outstanding.minor >= 7700
        )
        (line,) = [item for item in statements.waiting(turn) if item.amount == 7700]
        reconciliation.allot(turn, line.id, {invoice.invoice.id: 7700})
    assert not takes_back(books, import_id)
    with books.turn(HOME) as turn:
        (booked,) = payments.on_invoice(turn, invoice.invoice.id)
        reconciliation.take_back(turn, booked.id)
    assert takes_back(books, import_id)
    with books.turn(HOME) as turn:
        assert payments.on_invoice(turn, invoice.invoice.id) == []


def test_what_finance_confirmed_stays_known(turns: Turns) -> None:
    import_id = takes(turns, told(ACCOUNT, date(2026, 11, 20)))
    with turns.turn(HOME) as turn:
        payments.note_known_until(turn, ACCOUNT, turn.now)
        confirmed = own_accounts.known_until(turn)
    assert takes_back(turns, import_id)
    with turns.turn(HOME) as turn:
        assert own_accounts.known_until(turn) == confirmed


def test_an_account_said_to_be_ours_by_mistake_is_asked_about_again(desk: Office) -> None:
    statement_file = statement_of(THEIRS)
    desk.marek.clicks("To nasz rachunek", on=asked(desk, statement_file))
    window(desk)
    desk.marek.clicks("Cofnij…")
    assert "Import cofnięty" in str(desk.marek.modal)
    desk.marek.closes(everything=True)
    assert "To nasz rachunek" in asked(desk, statement_file).buttons


def test_an_account_with_other_lines_stays_ours(desk: Office) -> None:
    desk.marek.clicks("To nasz rachunek", on=asked(desk, statement_of(THEIRS)))
    asked(desk, statement_of(THEIRS, "druga"))
    window(desk)
    desk.marek.clicks("Cofnij…")
    assert "Import cofnięty" in str(desk.marek.modal)
    desk.marek.closes(everything=True)
    assert "To nasz rachunek" not in asked(desk, statement_of(THEIRS, "trzecia")).buttons


def test_of_which_account_a_file_is_that_names_none_is_asked_again(desk: Office) -> None:
    desk.marek.clicks(ACCOUNT, on=asked(desk, statement_of("")))
    window(desk)
    desk.marek.clicks("Cofnij…")
    desk.marek.closes(everything=True)
    assert ACCOUNT in asked(desk, statement_of("")).buttons


def test_whoever_takes_an_import_back_second_is_told_so(desk: Office) -> None:
    drops(desk)
    board = desk.marek.sees("#bo-accounting")[-1]
    for person in (desk.marek, desk.ildiko):
        person.clicks("invoices.show_imports", on=board)
    desk.marek.clicks("Cofnij…")
    assert "Import cofnięty" in str(desk.marek.modal)
    desk.ildiko.clicks("invoices.take_import_back:1")
    assert "Ezt a beolvasást már visszavonták" in str(desk.ildiko.modal)
    assert "po terminie" in asks(desk, "piotr", OVERDUE)
