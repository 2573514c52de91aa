"""Payments that wait, worked through: pages, one account, one import, many at once."""

from tests.driver import Office
from tests.invoices.test_conversation import OVERDUE, asks
from tests.invoices.test_conversation_office import STATEMENT

EVERYTHING = "Wszystkie ({n}), według rachunku i importu…"


def strangers(account: str, count: int, cents: str = "00") -> bytes:
    """A statement of so many payments that are for no invoice, the first of 101.00."""
    lines = "".join(
        f":61:2611191119C{100 + n},{cents}NTRFNONREF//X{n:04}\n"
        f":86:911 PRZELEW; OD: OBCY {n}; TYT.: prywatnie; TNR: X{n:04}\n"
        for n in range(1, count + 1)
    )
    return f":20:X1\n:25:{account}\n:28C:1/1\n{lines}-\n".encode()


def test_thirty_payments_of_another_account_are_paged_chosen_and_set_aside_at_once(
    desk: Office,
) -> None:
    marek = desk.marek
    marek.uploads("@zaplecze", "obcy.sta", strangers("PL14109010140000000042000002", 29))
    marek.uploads("@zaplecze", "nasz.sta", STATEMENT.format(title="przelew").encode())
    board = marek.sees("#bo-accounting")[-1]
    assert "30 wpłat czeka na przypisanie" in board
    desk.gabor.forges(EVERYTHING.format(n=30), on=board)
    assert not desk.gabor.has_modal
    marek.clicks(EVERYTHING.format(n=30), on=board)
    assert "strona 1 z 3" in str(marek.modal)
    marek.clicks("Dalej ›")
    assert "strona 2 z 3" in str(marek.modal)
    assert "OBCY 11" in str(marek.modal)
    marek.chooses("invoices.payments_account", "PL14109010140000000042000002")
    assert "29 wpłat czeka" in str(marek.modal)
    marek.clicks("Odłóż wszystkie 29")
    assert "Nic tu nie czeka" in str(marek.modal)
    assert "1 wpłata czeka na przypisanie" in board.again()
    assert OVERDUE in board.again().buttons


def test_what_is_proposed_for_the_payments_of_one_import_is_booked_at_once(desk: Office) -> None:
    marek = desk.marek
    marek.uploads("@zaplecze", "obcy.sta", strangers("PL14109010140000000042000002", 3))
    desk.later(120)
    twice = STATEMENT.format(title="przelew").replace("-\n", "")
    twice += ":61:2611201120C10239,75NTRFNONREF//R0002\n"
    twice += ":86:911 PRZELEW; OD: KOWALSKA SP. Z O.O.; TYT.: przelew; TNR: R0002\n-\n"
    marek.uploads("@zaplecze", "nasz.sta", twice.encode())
    board = marek.sees("#bo-accounting")[-1]
    marek.clicks(EVERYTHING.format(n=5), on=board)
    newest = marek.modal.field("invoices.payments_import").options()[1]
    assert "lis 2026" in newest["text"]["text"]
    marek.chooses("invoices.payments_import", newest["value"])
    assert "2 wpłaty czekają" in str(marek.modal)
    marek.clicks("Zaksięguj 2 według pierwszej propozycji")
    assert "Nie zaksięgowano 1 wpłaty" in str(marek.modal)
    assert "1 wpłata czeka" in str(marek.modal)
    assert "zapłacona" in asks(desk, "piotr", OVERDUE)
    assert "4 wpłaty czekają na przypisanie" in board.again()
