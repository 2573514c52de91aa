"""Tables dropped on the bot: what their columns mean is shown, confirmed or changed, remembered,
and used again.
"""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.edge.turns import Turns
from bot.kit.money import Money
from bot.kit.tables.layout import Layout
from bot.slack import HOME
from handlers.invoices.columns import confirmation, memory, preview
from handlers.invoices.formats.source import Source
from handlers.ledger.service import lookup as ledger
from handlers.ledger.statements import tables as statements
from storage.bank import statements as bank
from storage.invoices import column_mappings
from tests.driver import Office, Seen
from tests.invoices.test_conversation import OVERDUE, asks
from tests.ledger.workbooks import as_workbook, book, written

BANKS = Path(__file__).parents[1] / "ledger" / "files"
ACCOUNT = "PL41109010140000000042000001"
SALES = "Numer faktury;Data wystawienia;Termin płatności;Nabywca;NIP nabywcy;Kwota brutto;Uwagi\n"
ODD = "Wann;Wieviel;Warum;Wer\n"


def sales(number: str, amount: str = "1 230,00") -> bytes:
    row = f"{number};20.11.2026;20.12.2026;Kowalska Sp. z o.o.;7740001454;{amount} zł;pilne\n"
    return (SALES + row).encode("cp1250")


def drops(office: Office, who: str, content: bytes, name: str = "sprzedaz.csv") -> Seen:
    """A file in the direct message with the bot; the message."""
    return office[who].uploads("@zaplecze", name, content)


def answer(dropped: Seen) -> Seen:
    return dropped.again().thread[-1]


def is_ours(office: Office, dropped: Seen) -> Seen:
    """Of which account the file is, where that is asked: of one of ours; the message."""
    card = answer(dropped)
    ours = "To nasz rachunek" if "To nasz rachunek" in card.buttons else ACCOUNT
    if ours in card.buttons:
        office.beata.clicks(ours, on=card)
    return dropped


def total(turns: Turns, number: str) -> str:
    with turns.turn(HOME) as turn:
        (entry,) = ledger.look_up(turn, number).entries
        return f"{entry.invoice.direction} {entry.money(entry.invoice.total).plain()}"


def test_columns_are_shown_before_anything_is_imported(desk: Office) -> None:
    card = answer(drops(desk, "beata", sales("S/1/2026")))
    assert "*sprzedaz.csv* wygląda na tabelę faktur" in card
    for line in ("Numer faktury", "Numer faktury", "Kwota brutto", "1 230,00 zł", "20.11.2026"):
        assert line in card
    assert "Nasza sprzedaż" in card
    assert "Nieużyte: Uwagi" in card
    assert "Nie ma faktury" in asks(desk, "marek", "S/1/2026")


def test_confirmed_table_is_imported_and_the_next_one_at_once(desk: Office, books: Turns) -> None:
    first = drops(desk, "beata", sales("S/1/2026"))
    desk.beata.clicks("Wczytaj tak", on=answer(first))
    card, result = first.again().thread
    assert "kolumny potwierdzone przez: @Beata" in card
    assert "Wczytaj tak" not in card.buttons
    assert "nowe 1" in result
    assert total(books, "S/1/2026") == "receivable 1230.00"
    second = answer(drops(desk, "marek", sales("S/2/2026")))
    assert "nowe 1" in second
    assert "Odczytano według kolumn potwierdzonych przez: @Beata" in second
    assert total(books, "S/2/2026") == "receivable 1230.00"


def test_table_is_confirmed_once(desk: Office, books: Turns) -> None:
    dropped = drops(desk, "beata", sales("S/1/2026"))
    desk.beata.clicks("Wczytaj tak", on=answer(dropped))
    with books.turn(HOME, "U0MAREK") as turn, pytest.raises(confirmation.AlreadyConfirmed):
        confirmation.confirm(turn, 1)
    assert len(dropped.again().thread) == 2


def test_others_than_finance_confirm_nothing(desk: Office) -> None:
    mention = f"<@{desk.world.app.bot_user_id}>"
    card = answer(desk.marek.uploads("#bo-accounting", "sprzedaz.csv", sales("S/1/2026"), mention))
    desk.gabor.forges("Wczytaj tak", on=card).forges("Zmień kolumny…", on=card)
    assert not desk.gabor.has_modal
    assert "Nie ma faktury" in asks(desk, "marek", "S/1/2026")


def test_wrong_guess_is_changed_in_the_form_and_remembered_changed(
    desk: Office, books: Turns
) -> None:
    content = (
        b"Number;Date;Buyer;Buyer tax id;Total;Real "
        b"total\nS/3/2026;2026-11-20;Kowalska;7740001454;1.00;99.00\n"
    )
    card = answer(drops(desk, "beata", content))
    desk.beata.clicks("Zmień kolumny…", on=card).fills(
        number="Number · S/3/2026", total="Real total · 99.00"
    )
    desk.beata.fills(constant_currency="eur").submits()
    assert not desk.beata.has_modal
    assert total(books, "S/3/2026") == "receivable 99.00"
    again = content.replace(b"S/3", b"S/4")
    assert "nowe 1" in answer(drops(desk, "beata", again))
    assert total(books, "S/4/2026") == "receivable 99.00"


def test_form_without_what_is_needed_says_so(desk: Office) -> None:
    content = (ODD + "20.11.2026;10,00;S/5/2026;Kowalska\n").encode()
    card = answer(drops(desk, "beata", content))
    assert "Nie wiem, co znaczą kolumny" in card
    assert "Wczytaj tak" not in card.buttons
    desk.beata.clicks("To są faktury…", on=card).fills(number="Warum · S/5/2026").submits()
    assert "wybierz jego kolumnę" in "".join(desk.beata.modal.errors.values())
    desk.beata.fills(
        total="Wieviel · 10,00", constant_currency="PLN", buyer_name="Wer · Kowalska"
    ).submits()
    assert "S/5/2026" in asks(desk, "marek", "S/5/2026")


def test_columns_that_nobody_knows_may_be_a_banks(desk: Office) -> None:
    content = (ODD + f"20.11.2026;10239,75;{OVERDUE};KOWALSKA SP. Z O.O.\n").encode()
    dropped = drops(desk, "beata", content, "bank.csv")
    desk.beata.clicks("To wyciąg bankowy…", on=answer(dropped))
    desk.beata.fills(
        booked_on="Wann · 20.11.2026",
        amount="Wieviel · 10239,75",
        counterparty="Wer · KOWALSKA SP. Z O.O.",
        title=[f"Warum · {OVERDUE}"],
        constant_currency="PLN",
    ).submits()
    assert "1 zaksięgowana na fakturze" in answer(is_ours(desk, dropped))
    assert "zapłacona" in asks(desk, "piotr", OVERDUE)
    assert "Brak nowych wpłat. 1 była już znana." in answer(
        drops(desk, "marek", content, "bank.csv")
    )


@pytest.mark.parametrize(
    "bank", ["mbank", "ing", "kh", "millennium", "otp", "pekao", "pko", "wise"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1250"])
def test_banks_csv_is_confirmed_once(desk: Office, bank: str, encoding: str) -> None:
    content = (BANKS / f"{bank}.csv").read_text().encode(encoding)
    first = drops(desk, "beata", content, f"{bank}.csv")
    assert "wygląda na wyciąg bankowy" in answer(first)
    desk.beata.clicks("Wczytaj tak", on=answer(first))
    assert re.search(r"\d+ now(a|e|ych) wpłat(a|y)?: ", str(answer(is_ours(desk, first))))
    again = answer(drops(desk, "beata", content, f"{bank}.csv"))
    assert "Brak nowych wpłat" in again
    assert "Odczytano według kolumn" in again


def test_workbook_is_confirmed_as_a_csv_is(desk: Office, books: Turns) -> None:
    row = ["S/6/2026", "20.11.2026", "20.12.2026", "Kowalska", 7740001454, "12,00 zł", 1]
    made = book({"Arkusz1": [["Sprzedaż"], SALES.strip().split(";"), row]})
    dropped = drops(desk, "beata", written(made), "sprzedaz.xlsx")
    assert "*sprzedaz.xlsx* wygląda na tabelę faktur" in answer(dropped)
    assert "To wyciąg bankowy…" in answer(dropped).buttons
    desk.beata.clicks("Wczytaj tak", on=answer(dropped))
    assert "nowe 1" in answer(dropped)
    assert total(books, "S/6/2026") == "receivable 12.00"
    assert "nowe 1" in answer(
        drops(desk, "beata", sales("S/7/2026"))
    )  # the same headings, another kind of file


def test_banks_workbook_is_confirmed_once_and_its_hidden_rows_are_told(desk: Office) -> None:
    made = load_workbook(BytesIO(as_workbook((BANKS / "millennium.csv").read_text())))
    made.worksheets[0].row_dimensions[2].hidden = True
    content = written(made)
    first = drops(desk, "beata", content, "historia.xlsx")
    assert "wygląda na wyciąg bankowy" in answer(first)
    assert "To są faktury…" in answer(first).buttons
    desk.beata.clicks("Wczytaj tak", on=answer(first))
    is_ours(desk, first)
    assert "2 nowe wpłaty: " in answer(first)
    assert "Odczytano też ukryte wiersze: 1, numer 2." in answer(first)
    again = answer(drops(desk, "beata", content, "historia.xlsx"))
    assert "Brak nowych wpłat. 2 były już znane." in again
    assert "Odczytano według kolumn" in again


def test_hidden_rows_of_a_table_of_invoices_are_told(desk: Office) -> None:
    rows = [["S/8/2026", "20.11.2026", "20.12.2026", "Kowalska", 7740001454, "12,00 zł", 1]]
    made = book({"Sprzedaż": [SALES.strip().split(";"), *rows]})
    made.worksheets[0].row_dimensions[2].hidden = True
    dropped = drops(desk, "beata", written(made), "sprzedaz.xlsx")
    desk.beata.clicks("Wczytaj tak", on=answer(dropped))
    assert "Odczytano też ukryte wiersze: 1, numer 2." in answer(dropped)


def test_text_that_is_no_table_is_offered_to_be_kept(desk: Office) -> None:
    letter = "Szanowni Państwo,\nproszę o fakturę.\n".encode()
    assert answer(drops(desk, "beata", letter, "list.txt")).buttons == []
    assert desk.beata.dm[-1].buttons == ["Złóż zgłoszenie", "Do archiwum"]


def test_memory_is_of_one_workspace(desk: Office, books: Turns) -> None:
    desk.beata.clicks("Wczytaj tak", on=answer(drops(desk, "beata", sales("S/8/2026"))))
    headed = preview.headed(Source.of(sales("S/9/2026"), "sprzedaz.csv"))
    with books.turn(HOME) as turn:
        assert memory.recall(turn, headed)
    with books.turn("elsewhere") as turn:
        assert memory.recall(turn, headed) is None
        assert column_mappings.get(turn, 1) is None


def test_table_of_two_possible_orders_asks_which_and_remembers_it(
    desk: Office, books: Turns
) -> None:
    content = (
        b"Invoice number;Invoice date;Customer;Customer tax "
        b"id;Total;Currency\n{};01/02/2026;Kowalska;7740001454;1,500.00;EUR\n"
    )
    card = answer(drops(desk, "beata", content.replace(b"{}", b"S/6/2026")))
    assert "Daty można odczytać na dwa sposoby" in card
    assert "Wczytaj tak" not in card.buttons
    desk.beata.clicks("Zmień kolumny…", on=card)
    with pytest.raises(AssertionError, match="Daty jak: Please complete this required field"):
        desk.beata.submits()
    desk.beata.fills(written_days="12/31/2026").submits()
    assert total(books, "S/6/2026") == "receivable 1500.00"
    again = answer(drops(desk, "beata", content.replace(b"{}", b"S/7/2026")))
    assert "nowe 1" in again
    with books.turn(HOME) as turn:
        (entry,) = ledger.look_up(turn, "S/7/2026").entries
        assert entry.invoice.issued_on == date(2026, 1, 2)


def test_table_without_a_currency_asks_for_it_and_remembers_it(desk: Office, books: Turns) -> None:
    content = sales("S/8/2026", "12,00").decode("cp1250").replace(" zł", "").encode()
    card = answer(drops(desk, "beata", content))
    assert "Nie wiadomo, jaka to waluta" in card
    assert "Wczytaj tak" not in card.buttons
    desk.beata.clicks("Zmień kolumny…", on=card).submits()
    assert "Wybierz kolumnę z walutą" in "".join(desk.beata.modal.errors.values())
    desk.beata.fills(constant_currency="eur").submits()
    with books.turn(HOME) as turn:
        (entry,) = ledger.look_up(turn, "S/8/2026").entries
        assert entry.money(entry.invoice.total) == Money(1200, "EUR")
    assert "nowe 1" in answer(drops(desk, "beata", content.replace(b"S/8", b"S/9")))


NO_CURRENCY = (
    f"Data;Tytuł;Kontrahent;Kwota\n2026-11-21;{OVERDUE};KOWALSKA SP. Z O.O.;10239,75\n"
).encode()


def line_of(turns: Turns, amount: int) -> tuple[str, str]:
    with turns.turn(HOME) as turn:
        (line,) = (line for line in bank.waiting(turn, None) if line.amount == amount)
        return line.account, line.currency


def test_statement_without_a_currency_is_in_that_of_its_account(desk: Office, books: Turns) -> None:
    dropped = drops(desk, "beata", NO_CURRENCY, "bank.csv")
    desk.beata.clicks("Wczytaj tak", on=answer(dropped))
    assert "1 nowa wpłata: 1 zaksięgowana na fakturze." in answer(is_ours(desk, dropped))
    more = NO_CURRENCY.replace(b"10239,75", b"3,21").replace(OVERDUE.encode(), b"inne")
    drops(desk, "beata", more, "bank.csv")
    assert line_of(books, 321) == (ACCOUNT, "PLN")


def test_currency_that_neither_table_nor_account_tells_is_asked_for(
    desk: Office, books: Turns
) -> None:
    theirs = "PL27114020040000300201355387"
    content = f"Rachunek;{theirs}\n".encode() + NO_CURRENCY.replace(b"10239,75", b"3,21")
    dropped = drops(desk, "beata", content, "bank.csv")
    desk.beata.clicks("Wczytaj tak", on=answer(dropped))
    desk.beata.clicks("To nasz rachunek", on=answer(dropped))
    card = answer(dropped)
    assert "Nie wiadomo, jaka to waluta" in card
    assert "Wczytaj tak" not in card.buttons
    desk.beata.clicks("Zmień kolumny…", on=card).submits()
    assert "Wybierz kolumnę z walutą" in "".join(desk.beata.modal.errors.values())
    desk.beata.fills(constant_currency="eur").submits()
    assert line_of(books, 321) == (theirs, "EUR")


def test_words_of_direction_that_nobody_knows_are_asked_about_and_remembered(
    desk: Office,
) -> None:
    head = "Data;Tytuł;Kontrahent;Kwota;Waluta;Strona\n"
    row = "2026-11-2{};{};KOWALSKA SP. Z O.O.;{};PLN;{}\n"
    rows = row.format(1, OVERDUE, "10239,75", "Uznanie") + row.format(2, "czynsz", "5,00", "Rozch.")
    dropped = drops(desk, "beata", (head + rows).encode(), "bank.csv")
    card = answer(dropped)
    assert "Nie każdy wiersz mówi, czy pieniądze wpłynęły" in card
    assert "Wczytaj tak" not in card.buttons
    desk.beata.clicks("Zmień kolumny…", on=card).submits()
    assert "„Rozch.”" in "".join(desk.beata.modal.errors.values())
    desk.beata.fills(constant_words_in="rozch", constant_words_out="rozch").submits()
    assert "„Rozch.”" in "".join(desk.beata.modal.errors.values())
    desk.beata.fills(constant_words_in="", constant_words_out="rozch, inne").submits()
    assert "1 zaksięgowana na fakturze" in answer(is_ours(desk, dropped))
    more = row.format(3, "inne", "1,00", "Nieznane")
    asked = answer(drops(desk, "beata", (head + more).encode(), "bank.csv"))
    assert "Nie każdy wiersz mówi, czy pieniądze wpłynęły" in asked


def test_layout_confirmed_without_a_direction_is_asked_anew_where_money_went_out(
    desk: Office, books: Turns
) -> None:
    headings = ("Data", "Tytuł", "Kontrahent", "Kwota", "Waluta", "Strona")
    fields = ("booked_on", "title", "counterparty", "amount", "currency")
    columns = {name: (place,) for place, name in enumerate(fields)}
    with books.turn(HOME) as turn:
        memory.remember(turn, Layout("payments", headings, columns))
    row = "2026-11-2{};{};KOWALSKA SP. Z O.O.;{};PLN;{}\n"
    inwards = ";".join(headings) + "\n" + row.format(1, OVERDUE, "10239,75", "Uznanie")
    outwards = row.format(2, "czynsz", "500,00", "Obciążenie")
    dropped = drops(desk, "beata", (inwards + outwards).encode(), "bank.csv")
    card = answer(dropped)
    assert "Nie każdy wiersz mówi, czy pieniądze wpłynęły" in card
    assert "Wczytaj tak" not in card.buttons
    desk.beata.clicks("Zmień kolumny…", on=card).submits()
    assert "1 zaksięgowana na fakturze" in answer(is_ours(desk, dropped))
    with books.turn(HOME) as turn:
        kept = memory.recall(turn, {Layout("payments", headings).key: headings})
        assert kept is not None
        assert kept.layout.places("direction") == (5,)
    (statement,) = statements.read((inwards + outwards).encode(), kept.layout)
    assert [entry.amount for entry in statement.entries] == [Decimal("10239.75"), Decimal(-500)]
