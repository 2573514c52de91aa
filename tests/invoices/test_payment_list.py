"""Payments that wait, worked through: pages, one account, one import, many at once."""

from datetime import date, timedelta

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.ledger.service.booking import book
from storage.invoices.booking import NewInvoice
from tests.driver import Office, Seen
from tests.invoices.test_conversation import OVERDUE, asks
from tests.invoices.test_conversation_office import STATEMENT
from tests.reminders.books import Books, new_invoice

CHOOSE, MENU = "Wybierz faktury…", "invoices.find_for_payment"
EVERYTHING_ONE = "Wszystkie (1), według rachunku i importu…"
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
    assert newest["text"]["text"].startswith("nasz.sta, ")
    assert "lis 2026" in newest["text"]["text"]
    marek.chooses("invoices.payments_import", newest["value"])
    assert "2 wpłaty czekają" in str(marek.modal)
    marek.clicks("Zaksięguj 2 według pierwszej propozycji")
    assert "Nie zaksięgowano 1 wpłaty" in str(marek.modal)
    assert "1 wpłata czeka" in str(marek.modal)
    assert "zapłacona" in asks(desk, "piotr", OVERDUE)
    assert "4 wpłaty czekają na przypisanie" in board.again()


def test_reasons_for_money_that_went_out_speak_of_the_payee(desk: Office) -> None:
    paid = ":61:2611201120D100,00NTRFNONREF//R1\n:86:911 PRZELEW; OD: {}; TYT.: czynsz; TNR: R1\n"
    line = paid.format("PRZEWOZY WISŁA SP. Z O.O.")
    file = f":20:BB1\n:25:PL41109010140000000042000001\n:28C:1/1\n{line}-\n"
    desk.marek.uploads("@zaplecze", "nasz.sta", file.encode())
    board = desk.marek.sees("#bo-accounting")[-1]
    assert "nazwa odbiorcy się zgadza" in board
    assert "płatnik" not in board


def test_what_is_booked_in_part_meanwhile_keeps_no_other_payment_from_being_booked(
    desk: Office,
) -> None:
    marek, ildiko = desk.marek, desk.ildiko
    twice = STATEMENT.format(title="przelew").replace("-\n", "")
    twice += ":61:2611201120C5424,30NTRFNONREF//R0002\n"
    twice += ":86:911 PRZELEW; OD: KOWALSKA SP. Z O.O.; TYT.: przelew; TNR: R0002\n-\n"
    marek.uploads("@zaplecze", "nasz.sta", twice.encode())
    board = marek.sees("#bo-accounting")[-1]
    marek.clicks(EVERYTHING.format(n=2), on=board)
    ildiko.clicks("invoices.choose_for_payment:1", on=board)
    ildiko.fills({MENU: ["FV/2026/09/0014"]}).submits()
    marek.clicks("Zaksięguj 2 według pierwszej propozycji")
    assert "Nie zaksięgowano 1 wpłaty" in str(marek.modal)
    assert "zapłacona" in asks(desk, "piotr", "FV/2026/03/0001")
    assert "zapłacona" not in asks(desk, "piotr", OVERDUE)


def received(desk: Office, amount: str, sign: str = "C") -> Seen:
    """A payment of a stranger, or to one (``D``), waits; the board that shows it."""
    statement = (
        f":20:X1\n:25:PL41109010140000000042000001\n:28C:1/1\n"
        f":60F:C261119PLN0,00\n:61:2611191119{sign}{amount}NTRFNONREF//X1\n:86:911 PRZELEW; OD: OBCY; TYT.: prywatnie\n-\n"
    )
    desk.marek.uploads("@zaplecze", "wyciag.sta", statement.encode())
    return desk.marek.sees("#bo-accounting")[-1]


def test_what_nothing_fitting_is_proposed_for_is_booked_on_invoices_looked_for(
    desk: Office,
) -> None:
    marek, board = desk.marek, received(desk, "12000,00")
    desk.gabor.forges(CHOOSE, on=board)
    assert not desk.gabor.has_modal
    marek.clicks(CHOOSE, on=board)
    assert marek.suggestions(MENU, "nie ma takiej") == []
    of_customer = marek.suggestions(MENU, "kowalska")
    (overdue,) = marek.suggestions(MENU, OVERDUE)
    assert overdue in of_customer
    others = [label.split(" · ")[0] for label in of_customer if label != overdue]
    marek.fills({MENU: [OVERDUE, others[0]]}).submits()
    assert not marek.has_modal
    assert "zapłacona" in asks(desk, "piotr", OVERDUE)
    assert "Wszystkie wpłaty są zaksięgowane." in board.again()
    assert "Zapłacono" in asks(desk, "piotr", others[0])


def test_money_that_is_used_up_is_booked_on_nothing_further(desk: Office) -> None:
    marek, board = desk.marek, received(desk, "100,00")
    marek.clicks(EVERYTHING_ONE, on=board).clicks(CHOOSE)
    of_customer = marek.suggestions(MENU, "kowalska")
    numbers = [label.split(" · ")[0] for label in of_customer]
    marek.fills({MENU: numbers[:2]}).submits()
    assert "nie starczy już pieniędzy" in "".join(marek.modal.errors.values())
    marek.fills({MENU: numbers[:1]}).submits()
    assert "Nic tu nie czeka" in str(marek.modal)
    assert "100,00" in asks(desk, "piotr", numbers[0])


def test_what_is_left_of_a_payment_waits_and_no_other_currency_or_direction_is_offered(
    desk: Office,
) -> None:
    marek, board = desk.marek, received(desk, "99000,00")
    marek.clicks(CHOOSE, on=board)
    foreign = marek.suggestions(MENU, "hafenkontor")
    assert foreign == []
    marek.fills({MENU: [OVERDUE]}).submits()
    assert "zapłacona" in asks(desk, "piotr", OVERDUE)
    left = 99_000 - 10_239.75
    assert f"{left:,.2f}".replace(",", " ").replace(".", ",") in str(board.again()).replace(
        "\xa0", " "
    )


def test_of_very_many_the_fitting_one_comes_first_and_any_is_found_by_its_number(
    desk: Office, books: Turns
) -> None:
    mill = Books(books).customer("Młyn Wodny", owner=desk.piotr.id)
    with books.turn(HOME) as turn:
        due = turn.now.date() - timedelta(200)
        new = [owed(f"M/{n:03}", due + timedelta(n), 500_00 + n, mill) for n in range(130)]
        foreign = [owed(f"E/{n}", due, 7_00, mill, currency="EUR") for n in range(250)]
        book(turn, [*foreign, *new])
    marek, board = desk.marek, received(desk, "500,70")
    marek.clicks(CHOOSE, on=board)
    offered = [label.split(" · ")[0] for label in marek.suggestions(MENU, "młyn wodny")]
    assert offered == ["M/070", *(f"M/{n:03}" for n in range(100) if n != 70)]
    assert [label.split(" · ")[0] for label in marek.suggestions(MENU, "m/129")] == ["M/129"]
    marek.fills({MENU: ["M/129"]}).submits()
    assert "zapłacona" not in asks(desk, "piotr", "M/070")
    assert "500,70" in asks(desk, "piotr", "M/129")


def owed(number: str, due: date, amount: int, customer: int, **facts: str) -> NewInvoice:
    return new_invoice(number, due, amount, {"customer": customer, **facts})


def test_money_that_left_is_booked_on_what_we_owe_alone(desk: Office) -> None:
    marek, board = desk.marek, received(desk, "10,00", "D")
    marek.clicks(CHOOSE, on=board)
    assert marek.suggestions(MENU, "kowalska") == []
    number = marek.suggestions(MENU, "wisła")[0].split(" · ")[0]
    marek.fills({MENU: [number]}).submits()
    assert not marek.has_modal
    assert "Wszystkie wpłaty są zaksięgowane." in board.again()
    assert "10,00" in asks(desk, "marek", number)
