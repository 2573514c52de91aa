"""What else people do with invoices in Slack: wait, ask, edit customers, drop files, book payments
that wait.
"""

import zipfile
from datetime import date
from io import BytesIO

import pytest

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.documents.kinds import kind
from handlers.documents.kinds.parts.parties import Party
from handlers.documents.model.asked import Asked
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.bank import reconciliation
from handlers.ledger.service.bank.reconciliation import StillOpen
from storage import audit
from storage.bank import statements
from storage.invoices import customers, invoices
from storage.invoices.invoices import ids_of
from tests.books import is_written_off
from tests.driver import Office, Seen
from tests.invoices.samples import content as content_of
from tests.invoices.test_conversation import OVERDUE, asks
from tests.reminders.books import Books

STATEMENT = """:20:BB1
:25:PL41109010140000000042000001
:28C:1/1
:60F:C261119PLN1000,00
:61:2611201120C10239,75NTRFNONREF//R0001
:86:911 PRZELEW; Z RACH.: 61109010140000071219812874; OD: KOWALSKA SP. Z O.O.; TYT.: {title}; TNR: R0001
:62F:C261120PLN11239,75
-
"""
INVOICES = (
    "Number;Issue date;Due date;Currency;Total;Seller;Seller tax id;Seller country;Buyer;Buyer tax "
    "id;Bank account\n"
    "{number};2026-11-20;2026-12-20;PLN;123.00;Przewozy Wisła Sp. z "
    "o.o.;7251100139;PL;BBT;PL7251100004;{account}\n"
)


def test_who_waits_is_told_once_when_it_is_paid(desk: Office) -> None:
    card = asks(desk, "piotr", OVERDUE)
    desk.piotr.clicks("Powiadom mnie o zapłacie", on=card)
    assert "Nie powiadamiaj" in asks(desk, "piotr", OVERDUE).buttons
    desk.marek.clicks("Zapłacono…", on=asks(desk, "marek", OVERDUE)).fills(amount="1000").submits()
    assert not any("zapłacono" in seen for seen in desk.piotr.dm)
    desk.marek.closes(everything=True)
    desk.marek.clicks("Zapłacono…", on=asks(desk, "marek", OVERDUE)).submits()
    assert sum("zapłacono" in seen for seen in desk.piotr.dm) == 1


def test_finance_hears_of_an_owners_promise_and_dispute_and_not_of_its_own(desk: Office) -> None:
    def heard() -> list[str]:
        return [str(seen) for seen in desk.marek.sees("#bo-accounting") if OVERDUE in str(seen)]

    desk.piotr.clicks("Obietnica…", on=asks(desk, "piotr", OVERDUE)).fills(
        until="2026-11-27"
    ).submits()
    (promised,) = heard()
    assert "zapisuje obietnicę" in promised
    assert "27 lis 2026" in promised
    desk.piotr.closes(everything=True)
    desk.piotr.clicks("Spór…", on=asks(desk, "piotr", OVERDUE)).fills(why="Zła ilość").submits()
    assert "spór" in heard()[-1]
    assert "Zła ilość" in heard()[-1]
    desk.marek.clicks("Spór…", on=asks(desk, "marek", OVERDUE)).fills(why="Inna cena").submits()
    assert len(heard()) == 2


def test_promise_that_was_noted_by_mistake_is_taken_back(desk: Office) -> None:
    card = asks(desk, "piotr", OVERDUE)
    assert "Cofnij obietnicę" not in card.buttons
    desk.piotr.clicks("Obietnica…", on=card).fills(until="2026-11-27").submits()
    assert "obiecana zapłata" in desk.piotr.modal
    desk.piotr.closes(everything=True)
    card = asks(desk, "piotr", OVERDUE)
    desk.piotr.clicks("Cofnij obietnicę", on=card)
    card = asks(desk, "piotr", OVERDUE)
    assert "po terminie" in card
    assert "obiecana" not in card
    assert "Cofnij obietnicę" not in card.buttons
    assert "cofa obietnicę" in desk.marek.sees("#bo-accounting")[-1]


def test_question_becomes_a_ticket_of_finance(desk: Office) -> None:
    card = asks(desk, "piotr", OVERDUE)
    desk.piotr.clicks("Zapytaj back office…", on=card).fills(
        question="Czy mogą zapłacić w dwóch ratach?"
    ).submits()
    assert "BO-1" in str(desk.piotr.modal)
    ticket = desk.beata.sees("#bo-collections")[-1]
    assert f"{OVERDUE}: Czy mogą zapłacić w dwóch ratach?" in ticket


def test_owner_edits_what_is_known_of_a_customer(desk: Office) -> None:
    desk.piotr.clicks("Edytuj klienta…", on=asks(desk, "piotr", "kowalska"))
    desk.piotr.fills(timezone="Europe/Nowhere").submits()
    assert "Nie ma takiej strefy" in "".join(desk.piotr.modal.errors.values())
    desk.piotr.fills(timezone="Europe/Warsaw", aliases="Zakłady Joanny").submits()
    assert not desk.piotr.has_modal
    assert "*Kowalska Sp. z o.o.*" in asks(desk, "piotr", "zaklady joanny")


def test_tax_number_and_address_of_a_customer_are_typed_and_stand_in_documents(
    desk: Office, books: Turns
) -> None:
    with books.turn(HOME) as turn:
        existing = customers.everybody(turn)
        (kowalska,) = (each for each in existing if each.name.startswith("Kowalska"))
        taken = next(each for each in existing if each.country == "PL" and each.id != kowalska.id)
    desk.marek.clicks("Edytuj klienta…", on=asks(desk, "marek", "kowalska"))
    desk.marek.fills(tax_id=f"PL {taken.tax_id}").submits()
    assert "Ten numer podatkowy ma już inny klient." in desk.marek.modal.errors.values()
    desk.marek.fills(tax_id="PL 526-104-08-28", address="ul. Nowa 5\n00-001 Warszawa").submits()
    assert not desk.marek.has_modal
    with books.turn(HOME) as turn:
        asked = Asked("account_statement", kowalska.id, date(2026, 11, 23), "pl", {})
        party = kind("account_statement").source(turn, asked)["debtor"]
        event = audit.history(turn.db, turn.workspace, f"customer:{kowalska.id}")[-1]
    assert isinstance(party, Party)
    assert (party.tax_id, party.address) == ("5261040828", ("ul. Nowa 5", "00-001 Warszawa"))
    assert {"address", "tax_id"} < set(event.facts["fields"])


def test_number_that_tells_two_namesakes_apart_is_not_taken_out(desk: Office, books: Turns) -> None:
    """Nor is one name given the same number twice, in whatever two countries."""
    with books.turn(HOME) as turn:
        (kowalska,) = (e for e in customers.everybody(turn) if e.name.startswith("Kowalska"))
        customers.enter(turn, {"name": kowalska.name, "country": "PL"})
        number = "12345675"
        customers.enter(turn, {"name": kowalska.name, "country": "AT", "tax_id": number})
    desk.marek.clicks("Edytuj klienta…", on=asks(desk, "marek", kowalska.tax_id))
    desk.marek.fills(tax_id="").submits()
    assert "Inny klient o tej samej nazwie" in "".join(desk.marek.modal.errors.values())
    desk.marek.fills(tax_id=f"DE {number}").submits()
    assert "ma już inny klient" in "".join(desk.marek.modal.errors.values())
    with books.turn(HOME) as turn:
        assert customers.get(turn, kowalska.id) == kowalska


def test_long_address_of_a_customer_outlives_the_form(desk: Office, books: Turns) -> None:
    """A document's form takes one as long as Slack does."""
    address = "\n".join(["ul. Długa 1"] * 240)
    with books.turn(HOME) as turn:
        (kowalska,) = (e for e in customers.everybody(turn) if e.name.startswith("Kowalska"))
        customers.change(turn, kowalska.id, address=address)
    desk.marek.clicks("Edytuj klienta…", on=asks(desk, "marek", "kowalska"))
    desk.marek.submits()
    with books.turn(HOME) as turn:
        assert customers.get(turn, kowalska.id).address == address


@pytest.mark.parametrize("length", [1500, 3000, 4000])
def test_other_names_longer_than_their_field_outlive_the_form(
    desk: Office, books: Turns, length: int
) -> None:
    """What Slack does not take at all is not offered, and the rest is saved."""
    aliases = "\n".join(f"Zakłady {n:011}" for n in range(length // 20)).ljust(length, "x")
    with books.turn(HOME) as turn:
        (kowalska,) = (e for e in customers.everybody(turn) if e.name.startswith("Kowalska"))
        customers.change(turn, kowalska.id, aliases=aliases)
    desk.marek.clicks("Edytuj klienta…", on=asks(desk, "marek", "kowalska"))
    assert ("nie można tego tutaj zmienić" in desk.marek.modal.text) is (length > 3000)
    desk.marek.fills(timezone="Europe/Vienna").submits()
    assert not desk.marek.has_modal
    with books.turn(HOME) as turn:
        after = customers.get(turn, kowalska.id)
    assert (after.timezone, after.aliases) == ("Europe/Vienna", aliases)


def test_dispute_longer_than_its_field_is_told_and_kept(desk: Office, books: Turns) -> None:
    why = "Zła ilość " * 400
    with books.turn(HOME) as turn:
        entry = ledger.get(turn, ids_of(turn, [OVERDUE])[OVERDUE])
        invoices.set_facts(turn, entry.invoice.id, disputed=why)
    desk.marek.clicks("Spór…", on=asks(desk, "marek", OVERDUE))
    assert "nie można tego tutaj zmienić" in desk.marek.picture()
    assert not desk.marek.has_modal
    with books.turn(HOME) as turn:
        assert ledger.get(turn, entry.invoice.id).invoice.disputed == why


def test_other_readers_see_a_customer_and_change_nothing(desk: Office) -> None:
    """Whoever sets the channel or the owner decides who reads what a customer owes."""
    desk.kata.clicks("Mutasd", on=(listed := asks(desk, "kata", "kowalska")))
    assert "Kowalska Sp. z o.o." in desk.kata.notes("#general")[-1]
    assert [button for button in listed.buttons if "szerkeszt" in button.lower()] == []
    assert "Edytuj klienta…" in asks(desk, "marek", "kowalska").buttons


def test_statement_dropped_by_finance_is_booked_and_told_in_the_thread(desk: Office) -> None:
    content = STATEMENT.format(title=f"ZAPLATA {OVERDUE}").encode()
    dropped = desk.marek.uploads("@zaplecze", "wyciag.sta", content)
    assert "1 zaksięgowana na fakturze" in dropped.again().thread[-1]
    assert "zapłacona" in asks(desk, "piotr", OVERDUE)


def test_invoice_dropped_in_the_direct_message_is_shown_with_what_the_checks_found(
    desk: Office,
) -> None:
    content = INVOICES.format(number="PW/11/1", account="PL61109010140000071219812875")
    dropped = desk.marek.uploads("@zaplecze", "faktury.csv", content.encode())
    desk.marek.clicks("Wczytaj tak")
    told = dropped.again().thread[-1]
    assert "nowe 1" in told
    assert "*PW/11/1* · Przewozy Wisła Sp. z o.o.\njesteśmy winni 123,00\xa0zł" in told
    assert "PL61109010140000071219812875 jest niepoprawny" in told
    desk.marek.clicks("Pokaż", on=told)
    assert "Sprzedawca" in desk.marek.dm[-1]


def test_more_than_is_to_be_given_back_is_asked_about_before_it_is_booked(desk: Office) -> None:
    credit = INVOICES.format(number="K/11/1", account="").replace("123.00", "-123.00")
    desk.marek.uploads("@zaplecze", "korekty.csv", credit.encode())
    desk.marek.clicks("Wczytaj tak")
    desk.marek.clicks("Zapłacono…", on=asks(desk, "marek", "K/11/1")).fills(amount="1230").submits()
    assert "To o 1\xa0107,00\xa0zł więcej, niż jest do zwrotu (123,00\xa0zł)." in desk.marek.modal
    desk.marek.fills({"Czy tak ma być?": ["Tak, to więcej, niż jest do zwrotu"]}).submits()
    assert "-1\xa0230,00\xa0zł" in desk.marek.modal


def test_invoice_of_others_says_that_nobody_is_reminded(desk: Office) -> None:
    content = INVOICES.format(number="PW/11/1", account="").replace("PL7251100004", "PL5260000004")
    desk.marek.uploads("@zaplecze", "faktury.csv", content.encode())
    desk.marek.clicks("Wczytaj tak")
    card = asks(desk, "marek", "PW/11/1")
    assert (
        "Ani sprzedawca (Przewozy Wisła Sp. z o.o.), ani nabywca (BBT) nie jest naszą firmą" in card
    )
    assert "Ani sprzedawca" not in asks(desk, "marek", OVERDUE)


def test_each_file_of_a_dropped_archive_is_taken_or_told(desk: Office) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("faktura.xml", content_of("ubl_invoice.xml"))
        archive.writestr("notatka.md", b"?")
    told = desk.marek.uploads("@zaplecze", "ksef.zip", packed.getvalue()).again().thread[-1]
    assert "nowe 1, już znane 0, sprzeczne 0, nieodczytane 1" in told
    assert "notatka.md" in told


def test_payment_that_waits_is_booked_by_one_click(desk: Office) -> None:
    desk.marek.uploads("@zaplecze", "wyciag.sta", STATEMENT.format(title="przelew").encode())
    board = desk.marek.sees("#bo-accounting")[-1]
    assert "1 wpłata czeka na przypisanie" in board
    desk.marek.clicks(OVERDUE, on=board)
    assert "Wszystkie wpłaty są zaksięgowane" in board.again()
    assert "zapłacona" in asks(desk, "piotr", OVERDUE)


def test_click_on_what_was_paid_meanwhile_books_nothing_and_brings_the_board_up_to_date(
    desk: Office,
) -> None:
    desk.marek.uploads("@zaplecze", "wyciag.sta", STATEMENT.format(title="przelew").encode())
    board = desk.marek.sees("#bo-accounting")[-1]
    desk.marek.clicks("Zapłacono…", on=asks(desk, "marek", OVERDUE)).submits()
    desk.marek.closes(everything=True)
    desk.marek.clicks(OVERDUE, on=board)
    assert f"Na fakturze {OVERDUE} nie ma już tyle do zapłaty" in str(
        desk.marek.sees("#bo-accounting")[-1]
    )
    assert "1 wpłata czeka na przypisanie" in board.again()
    assert OVERDUE not in board.again().buttons


def overpaid(desk: Office) -> Seen:
    """The board once 12,000.00 came for an invoice of 10,239.75, which is booked."""
    more = STATEMENT.format(title=OVERDUE).replace("10239,75", "12000,00")
    content = more.replace("11239,75", "13000,00").encode()
    desk.marek.uploads("@zaplecze", "wyciag.sta", content)
    return desk.marek.sees("#bo-accounting")[-1]


def test_what_was_paid_beyond_an_invoice_is_kept_as_the_payers_credit(desk: Office) -> None:
    board = overpaid(desk)
    assert "*1\xa0760,25\xa0zł*" in board
    desk.marek.clicks(f"Nadpłata na {OVERDUE}", on=board)
    assert "Wszystkie wpłaty są zaksięgowane" in board.again()
    assert "1\xa0760,25\xa0zł" in asks(desk, "marek", "Kowalska")
    assert "12\xa0000,00\xa0zł" in asks(desk, "marek", OVERDUE)


def test_what_comes_for_an_overpaid_invoice_is_kept_as_credit_too(desk: Office) -> None:
    desk.marek.clicks(f"Nadpłata na {OVERDUE}", on=overpaid(desk))
    once_more = STATEMENT.format(title=OVERDUE).replace("10239,75", "50,00")
    desk.marek.uploads(
        "@zaplecze", "wyciag2.sta", once_more.replace("11239,75", "1050,00").encode()
    )
    board = desk.marek.sees("#bo-accounting")[-1]
    assert f"Wskazuje {OVERDUE}: już zapłacone" in board
    desk.marek.clicks(f"Nadpłata na {OVERDUE}", on=board)
    assert "1\xa0810,25\xa0zł" in asks(desk, "marek", "Kowalska")


def test_nothing_is_kept_as_credit_while_its_invoice_is_open(desk: Office, turns: Turns) -> None:
    overpaid(desk)
    desk.marek.clicks("Wpłaty…", on=asks(desk, "marek", OVERDUE))
    desk.marek.clicks("Cofnij")
    with turns.turn(HOME) as turn:
        (line,) = statements.waiting(turn, None)
        (invoice,) = ledger.look_up(turn, OVERDUE).ids
        with pytest.raises(StillOpen, match=OVERDUE):
            reconciliation.keep_as_credit(turn, line.id, invoice)


def test_payment_that_was_entered_before_its_statement_came_is_recognised_by_one_click(
    desk: Office,
) -> None:
    desk.marek.clicks("Zapłacono…", on=asks(desk, "marek", OVERDUE)).submits()
    desk.marek.closes(everything=True)
    desk.marek.uploads("@zaplecze", "wyciag.sta", STATEMENT.format(title=OVERDUE).encode())
    board = desk.marek.sees("#bo-accounting")[-1]
    assert f"Już na {OVERDUE}" in board.buttons
    desk.marek.clicks(f"Już na {OVERDUE}", on=board)
    assert "Wszystkie wpłaty są zaksięgowane" in board.again()
    assert "zapłacona" in asks(desk, "piotr", OVERDUE)


def test_payments_that_were_entered_one_by_one_are_recognised_as_the_one_that_came(
    desk: Office,
) -> None:
    for amount in ("6000.00", "4239.75"):
        desk.marek.clicks("Zapłacono…", on=asks(desk, "marek", OVERDUE)).fills(
            amount=amount
        ).submits()
        desk.marek.closes(everything=True)
    desk.marek.uploads("@zaplecze", "wyciag.sta", STATEMENT.format(title=OVERDUE).encode())
    board = desk.marek.sees("#bo-accounting")[-1]
    assert "razem wpłaty wpisane wcześniej: 6\xa0000,00\xa0zł i 4\xa0239,75\xa0zł" in board
    desk.marek.clicks(f"Już na {OVERDUE}", on=board)
    assert "Wszystkie wpłaty są zaksięgowane" in board.again()
    assert "zapłacona" in asks(desk, "piotr", OVERDUE)


def test_instalment_that_the_money_fits_is_offered_before_a_part_of_what_was_entered(
    desk: Office, books: Turns
) -> None:
    with books.turn(HOME) as turn:
        who = ledger.look_up(turn, OVERDUE).entries[0].invoice.customer
    parts = [("2026-11-15", 300_000), ("2026-11-18", 300_000), ("2026-12-15", 300_000)]
    small = Books(books)
    invoice = small.invoice(
        "FV/2026/11/0777", date(2026, 11, 15), 900_000, customer=who, instalments=parts
    )
    small.pay(invoice, 600_000)
    statement = STATEMENT.format(title="FV/2026/11/0777")
    statement = statement.replace("C10239,75", "C3000,00").replace("11239,75", "4000,00")
    desk.marek.uploads("@zaplecze", "wyciag.sta", statement.encode())
    board = desk.marek.sees("#bo-accounting")[-1]
    assert board.buttons[:2] == ["FV/2026/11/0777", "Już na FV/2026/11/0777"]
    desk.marek.clicks("FV/2026/11/0777", on=board)
    assert "Wszystkie wpłaty są zaksięgowane" in board.again()
    assert "zapłacona" in asks(desk, "piotr", "FV/2026/11/0777")


def test_second_payment_of_a_paid_invoice_says_so_and_suggests_nothing(desk: Office) -> None:
    for n in (1, 2):
        statement = STATEMENT.format(title=OVERDUE).replace("R0001", f"R000{n}")
        desk.marek.uploads("@zaplecze", f"wyciag{n}.sta", statement.encode())
    board = desk.marek.sees("#bo-accounting")[-1]
    assert f"Wskazuje {OVERDUE}: już zapłacone." in board


def test_payment_of_a_written_off_invoice_says_so_and_is_booked_when_that_is_undone(
    desk: Office, books: Turns
) -> None:
    with books.turn(HOME) as turn:
        invoice = ledger.look_up(turn, OVERDUE).entries[0].invoice.id
        assert is_written_off(turn, invoice)
    desk.marek.uploads("@zaplecze", "wyciag.sta", STATEMENT.format(title=OVERDUE).encode())
    board = desk.marek.sees("#bo-accounting")[-1]
    assert f"Wskazuje {OVERDUE}: spisane w straty. Cofnij spisanie przy fakturze" in board
    assert OVERDUE not in board.buttons
    desk.marek.types(f"/invoice {OVERDUE}", "#general")
    desk.marek.clicks("Cofnij spisanie")
    again = STATEMENT.format(title="nic").replace("R0001", "R0002").replace("C10239,75", "C1,00")
    again = again.replace("11239,75", "1001,00").replace("28C:1", "28C:2")
    desk.marek.uploads("@zaplecze", "wyciag2.sta", again.encode())
    assert "zapłacona" in asks(desk, "piotr", OVERDUE)


def test_payment_that_waits_for_its_invoice_is_a_click_away_when_that_comes(desk: Office) -> None:
    desk.marek.uploads(
        "@zaplecze", "wyciag.sta", STATEMENT.format(title="faktura 77/2031").encode()
    )
    board = desk.marek.sees("#bo-accounting")[-1]
    assert "77/2031" not in board.buttons
    content = (
        "Number;Issue date;Due date;Currency;Total;Seller;Seller tax id;Buyer;Buyer tax id\n"
        "77/2031;2026-11-20;2026-12-20;PLN;10239.75;BBT;PL7251100004;Kowalska Sp. z "
        "o.o.;PL5260000004\n"
    )
    desk.marek.uploads("@zaplecze", "faktury.csv", content.encode())
    desk.marek.clicks("Wczytaj tak")
    desk.marek.clicks("77/2031", on=board.again())
    assert "Wszystkie wpłaty są zaksięgowane" in board.again()


def test_only_finance_books_what_waits(desk: Office) -> None:
    desk.marek.uploads("@zaplecze", "wyciag.sta", STATEMENT.format(title="przelew").encode())
    board = desk.marek.sees("#bo-accounting")[-1]
    desk.gabor.forges(OVERDUE, on=board)
    assert "po terminie" in asks(desk, "piotr", OVERDUE)


def test_booking_is_taken_back(desk: Office) -> None:
    desk.marek.clicks("Zapłacono…", on=asks(desk, "marek", OVERDUE)).submits()
    desk.marek.closes(everything=True)
    desk.marek.clicks("Wpłaty…", on=asks(desk, "marek", OVERDUE))
    assert "wpisana przez: @Marek Wiśniewski" in str(desk.marek.modal)
    desk.marek.clicks("Cofnij")
    assert "nic nie zaksięgowano" in str(desk.marek.modal)
    assert "po terminie" in asks(desk, "piotr", OVERDUE)


def test_others_may_not_import_files(desk: Office) -> None:
    desk.piotr.uploads("@zaplecze", "wyciag.sta", STATEMENT.format(title=OVERDUE).encode())
    assert "po terminie" in asks(desk, "piotr", OVERDUE)
    assert any("tylko dział finansów" in seen for seen in desk.piotr.dm)


def test_changed_account_of_a_supplier_is_loud(desk: Office) -> None:
    content = INVOICES.format(number="999/2026", account="PL61109010140000071219812874").encode()
    desk.marek.uploads("@zaplecze", "faktury.csv", content)
    desk.marek.clicks("Wczytaj tak")
    alarm = desk.marek.sees("#bo-accounting")[-1]
    assert "🚨 *999/2026*" in alarm
    assert "PL61109010140000071219812874" in alarm
    assert "🚨" in asks(desk, "marek", "999/2026")
    desk.marek.clicks("Nowy rachunek jest właściwy", on=alarm)
    before = len(desk.marek.sees("#bo-accounting"))
    again = INVOICES.format(number="1000/2026", account="PL61109010140000071219812874").encode()
    desk.marek.uploads("@zaplecze", "faktury.csv", again)
    assert len(desk.marek.sees("#bo-accounting")) == before


def test_file_that_is_no_invoice_is_answered_in_a_sentence(desk: Office) -> None:
    dropped = desk.marek.uploads("@zaplecze", "list.xml", b"<list><a/></list>")
    (answer,) = dropped.again().thread
    assert "nie jest fakturą" in answer
    assert desk.marek.dm[-1].has("documents.keep")


def test_name_and_content_of_a_dropped_file_call_nobody_and_lead_nowhere(desk: Office) -> None:
    content = INVOICES.format(
        number="<https://bank.example|999>", account="PL61109010140000071219812874"
    ).encode()
    desk.marek.uploads("@zaplecze", "<!channel>.csv", content)
    desk.marek.clicks("Wczytaj tak")
    desk.marek.uploads("@zaplecze", "<!here>.xml", b"<list><a/></list>")
    places = [*desk.marek.dm, *desk.marek.sees("#bo-accounting")]
    texts = [
        str(each.raw["text"])
        for seen in places
        for each in (seen, *seen.again().thread)
        if each.raw.get("bot_id")
    ]
    assert sum("channel" in text or "here" in text for text in texts) >= 2
    assert any("bank.example" in text for text in texts)
    assert [text for text in texts if "<!" in text or "<https://bank.example|" in text] == []


def test_statement_dropped_with_a_mention_is_answered_in_its_thread(desk: Office) -> None:
    content = STATEMENT.format(title=f"ZAPLATA {OVERDUE}").encode()
    dropped = desk.marek.uploads(
        "#bo-accounting", "wyciag.sta", content, text=f"<@{desk.world.app.bot_user_id}> proszę"
    )
    assert "1 zaksięgowana na fakturze" in dropped.again().thread[-1]
    assert "zapłacona" in asks(desk, "piotr", OVERDUE)


def test_file_in_a_channel_without_a_mention_is_left_alone(desk: Office) -> None:
    content = STATEMENT.format(title=f"ZAPLATA {OVERDUE}").encode()
    dropped = desk.marek.uploads("#bo-accounting", "wyciag.sta", content, text="do wiadomości")
    assert dropped.again().thread == []
    assert "po terminie" in asks(desk, "piotr", OVERDUE)


def test_finance_confirms_that_payments_are_complete(desk: Office) -> None:
    desk.marek.uploads("@zaplecze", "wyciag.sta", STATEMENT.format(title="przelew").encode())
    board = desk.marek.sees("#bo-accounting")[-1]
    before = freshness(board)
    desk.gabor.forges("Wszystkie wpłaty do tej chwili są zaksięgowane", on=board)
    assert freshness(board.again()) == before
    desk.marek.clicks("Wszystkie wpłaty do tej chwili są zaksięgowane", on=board)
    assert freshness(board.again()) == freshness(asks(desk, "piotr", OVERDUE)) != before


def freshness(seen: Seen) -> str:
    """The line that says up to when payments are known."""
    return next(line for line in str(seen).splitlines() if "Wpłaty znane do" in line)


def test_payment_that_was_set_aside_waits_again(desk: Office) -> None:
    desk.marek.uploads("@zaplecze", "wyciag.sta", STATEMENT.format(title="przelew").encode())
    board = desk.marek.sees("#bo-accounting")[-1]
    desk.marek.clicks("Nie dotyczy faktury", on=board)
    assert "Wszystkie wpłaty są zaksięgowane" in board.again()
    desk.gabor.forges("1 odłożona…", on=board.again())
    assert not desk.gabor.has_modal
    desk.marek.clicks("1 odłożona…", on=board.again())
    assert "KOWALSKA" in str(desk.marek.modal)
    desk.marek.clicks("Przywróć do oczekujących")
    assert "Nic nie jest odłożone" in str(desk.marek.modal)
    assert "1 wpłata czeka na przypisanie" in board.again()
    assert "odłożon" not in "".join(board.again().buttons)


def test_money_of_a_booking_that_is_taken_back_waits_again(desk: Office) -> None:
    content = STATEMENT.format(title=f"ZAPLATA {OVERDUE}").encode()
    desk.marek.uploads("@zaplecze", "wyciag.sta", content)
    board = desk.marek.sees("#bo-accounting")[-1]
    desk.marek.clicks("Wpłaty…", on=asks(desk, "marek", OVERDUE))
    assert "z wyciągu bankowego" in str(desk.marek.modal)
    desk.marek.clicks("Cofnij")
    assert "1 wpłata czeka na przypisanie" in board.again()


SEVERAL = STATEMENT.replace(
    ":62F:C261120PLN11239,75",
    ":61:2611201120C11,00NTRFR2//B2\n:86:nobody knows\n"
    ":61:2611201120C12,00NTRFR3//B3\n:86:nobody knows either\n:62F:C261120PLN11262,75",
)


@pytest.mark.parametrize(
    ("who", "first", "again", "button"),
    [
        (
            "marek",
            "3 nowe wpłaty: 1 zaksięgowana na fakturze i 2 czekają na przypisanie.",
            "Brak nowych wpłat. 3 były już znane.",
            "Przypisz to, co czeka…",
        ),
        (
            "ildiko",
            "3 új befizetés: 1 számlára könyvelve és 2 hozzárendelésre vár.",
            "Nincs új befizetés. 3 már ismert volt.",
            "Hozzárendelés…",
        ),
    ],
)
def test_statement_is_answered_in_a_sentence_with_the_way_to_what_waits(
    desk: Office, who: str, first: str, again: str, button: str
) -> None:
    content = SEVERAL.format(title=f"ZAPLATA {OVERDUE}").encode()
    told = desk[who].uploads("@zaplecze", "wyciag.sta", content).again().thread[-1]
    assert first in told
    desk[who].clicks(button, on=told)
    assert "nobody knows either" in desk[who].modal
    desk[who].closes(everything=True)
    told = desk[who].uploads("@zaplecze", "jeszcze.sta", content).again().thread[-1]
    assert again in told
    assert button not in told.buttons
