"""Asking for invoices in Slack: what is found, who sees it, and what people say of it."""

import re
from datetime import date

import pytest

from bot.edge.turns import HOME, Turns
from bot.kit.routes import Click
from handlers.documents.listeners import requests as documents
from handlers.invoices.blocks import card
from handlers.ledger.service import booking
from handlers.ledger.service import lookup as ledger
from storage.invoices import customers
from tests.driver import Office, Seen
from tests.reminders.books import new_invoice

OVERDUE = "FV/2026/11/0042"


def asks(office: Office, who: str, text: str, channel: str = "#general") -> Seen:
    """Somebody types ``/invoice``; the private answer."""
    office[who].types(f"/invoice {text}".strip(), channel)
    return office[who].notes(channel)[-1]


@pytest.mark.parametrize(
    "typed", [OVERDUE, "fv 2026/11/42", "fv2026-11-0042", "FV/2026/11/042", "fv2026110042"]
)
def test_number_is_found_however_it_is_typed(desk: Office, typed: str) -> None:
    card = asks(desk, "piotr", typed)
    assert f"*{OVERDUE}* · 11 dni po terminie" in card
    assert "Kowalska Sp. z o.o." in card
    assert "10\xa0239,75\xa0zł" in card
    assert "11 lis 2026" in card
    assert "Wpłaty znane do" in card


def test_part_of_a_number_is_found(desk: Office) -> None:
    assert OVERDUE in asks(desk, "marek", "11/0042")
    assert OVERDUE in asks(desk, "marek", "42")
    listed = asks(desk, "marek", "FV/2026/10")
    assert "Pasuje kilka faktur" in listed
    assert "FV/2026/10/0001" in listed


def test_one_slip_of_the_finger_is_forgiven(desk: Office) -> None:
    assert OVERDUE in asks(desk, "piotr", "FW/2026/11/0042")
    assert OVERDUE in asks(desk, "piotr", "FV/2062/11/0042")
    assert OVERDUE in asks(desk, "piotr", "FV/202611/0042")


@pytest.mark.parametrize("typed", ["FV/2062/11/0042", "FW/2026/11/0042"])
def test_what_was_typed_is_said_where_another_invoice_is_shown(desk: Office, typed: str) -> None:
    card = asks(desk, "piotr", typed)
    assert f"nie ma „{typed}”. Najbliższa jest ta:" in card
    assert f"*{OVERDUE}*" in card
    assert "Najbliższ" not in asks(desk, "piotr", OVERDUE)
    assert "Najbliższ" not in asks(desk, "piotr", "11/0042")  # a part of it is no slip


def test_several_that_are_near_are_listed_under_what_was_typed(desk: Office) -> None:
    absent = "FV/2026/11/0024"
    listed = asks(desk, "marek", absent)
    assert f"nie ma „{absent}”. Najbliższe są te:" in listed
    assert absent not in str(listed).replace(f"„{absent}”", "")


def test_letters_that_look_like_digits_are_read_as_these(desk: Office) -> None:
    for typed in ("FV/2O26/11/0042", "FV/2O26/11/OO42", "FV/2026/1l/0042", "fv 2o26 11 oo42"):
        assert OVERDUE in asks(desk, "piotr", typed)


def test_customer_is_answered_with_open_items(desk: Office) -> None:
    listed = asks(desk, "piotr", "kowalska")
    assert "*Kowalska Sp. z o.o.*: pozostało" in listed
    assert OVERDUE in listed
    desk.piotr.clicks("Pokaż", on=listed)
    assert "Sprzedawca" in desk.piotr.notes("#general")[-1]


@pytest.mark.parametrize(
    ("who", "typed"),
    [
        ("piotr", "PL 725-110-00-10"),
        ("marek", "7251100010"),
        ("piotr", "Kowalskiej"),
        ("marek", "kowalską"),
        ("beata", "Kowlaska"),
    ],
)
def test_customer_is_found_by_tax_number_and_by_a_name_declined_or_with_a_slip(
    desk: Office, who: str, typed: str
) -> None:
    card = asks(desk, who, typed)
    assert "Kowalska Sp. z o.o." in card
    assert OVERDUE in card


def test_signs_alone_are_no_name(desk: Office) -> None:
    assert "Nie ma faktury ani klienta „%”" in asks(desk, "marek", "%")


def test_customer_is_found_by_a_name_with_signs_that_slack_writes_otherwise(
    desk: Office, books: Turns
) -> None:
    with books.turn(HOME) as turn:
        customers.save(turn, {"name": "Müller & Söhne <AG>", "country": "DE"})
    assert "*Müller & Söhne <AG>*" in asks(desk, "marek", "Müller & Söhne <AG>")
    desk.marek.types("/document statement Müller & Söhne")
    assert "Müller & Söhne <AG>" in str(desk.marek.modal.value("Kontrahent"))


def test_amount_of_an_instalment_finds_its_invoice(desk: Office, books: Turns) -> None:
    parts = (("2026-12-10", 123_000), ("2027-01-10", 77_000))
    facts = {"customer": 1, "instalments": parts}
    with books.turn(HOME) as turn:
        booking.book(turn, [new_invoice("RATY/1", None, 200_000, facts)])
    for typed in ("1 230,00", "770,00 PLN", "2 000,00"):
        assert "RATY/1" in asks(desk, "marek", typed)
    assert "RATY/1" not in asks(desk, "marek", "770,00 EUR")


def test_customers_list_orders_the_statement_of_their_account(desk: Office) -> None:
    desk.piotr.clicks("Zestawienie", on=asks(desk, "piotr", "kowalska"))
    assert "ZD-" in desk.piotr.notes("#general")[-1]
    assert "Kowalska Sp. z o.o." in [seen for seen in desk.piotr.dm if seen.files][-1]


def test_statement_of_a_customer_whom_one_does_not_see_is_not_made(
    desk: Office, books: Turns
) -> None:
    assert "Zestawienie" not in asks(desk, "tomasz", "kowalska").buttons
    with books.turn(HOME) as turn:
        (kowalska,) = ledger.find_customers(turn, "Kowalska Sp. z o.o.")
    click = Click(card.STATEMENT, f"customer:{kowalska.id}", "b")
    with books.turn(HOME, "U0TOMASZ") as turn, pytest.raises(ledger.NothingFound):
        documents.statement(turn, click)


def test_list_of_several_customers_orders_no_statement(desk: Office) -> None:
    assert "Zestawienie" not in asks(desk, "piotr", "").buttons


def test_nothing_typed_shows_ones_own_customers(desk: Office) -> None:
    listed = asks(desk, "kata", "")
    assert "*Ügyfeleid*: nyitott egyenleg" in listed
    assert "BB-2026/" in listed
    assert "FV/2026" not in listed


def test_own_customers_invoices_are_listed_by_urgency_whoever_they_are_of(desk: Office) -> None:
    late = [
        int(days) for days in re.findall(r"(\d+) dni po terminie", str(asks(desk, "piotr", "")))
    ]
    assert len(set(late)) > 1
    assert late == sorted(late, reverse=True)


def test_own_customers_invoice_that_has_no_day_and_what_is_given_back_come_last(
    desk: Office, books: Turns
) -> None:
    new = [("Z/3", date(2020, 1, 1), -100), ("Z/2", None, 100), ("Z/1", date(2027, 12, 1), 100)]
    with books.turn(HOME) as turn:
        booking.book(
            turn, [new_invoice(number, due, amount, {"customer": 1}) for number, due, amount in new]
        )
    listed = asks(desk, "piotr", "")
    while "Dalej ›" in listed.buttons:
        desk.piotr.clicks("Dalej ›", on=listed)
        listed = desk.piotr.notes("#general")[-1]
    assert re.findall(r"\*(Z/.)\*", str(listed)) == ["Z/1", "Z/2", "Z/3"]


def test_finance_who_ask_for_nothing_in_particular_see_what_customers_owe(desk: Office) -> None:
    listed = asks(desk, "marek", "")
    assert "*Należności od klientów*: najpierw te z najwcześniejszym terminem" in listed
    assert "FV/2026/03/0001" in listed


def test_help_says_what_can_be_asked_to_those_who_may(desk: Office) -> None:
    assert "/invoice i numer" in asks(desk, "piotr", "pomoc")
    assert "/invoice és egy szám" in asks(desk, "kata", "súgó")
    assert "/invoice i numer" not in asks(desk, "tomasz", "pomoc")


def test_list_names_whose_each_invoice_is_unless_all_are_one_customers(desk: Office) -> None:
    assert f"*{OVERDUE}* · Kowalska Sp. z o.o.\n10\xa0239,75\xa0zł" in asks(desk, "marek", "42")
    assert f"*{OVERDUE}* 10\xa0239,75\xa0zł" in asks(desk, "marek", "kowalska")


def test_long_list_is_turned_page_by_page(desk: Office) -> None:
    listed = asks(desk, "piotr", "")
    assert "1–15 z 2" in listed
    assert "Dalej ›" in listed.buttons
    assert "‹ Wstecz" not in listed.buttons
    first = str(listed)
    desk.piotr.clicks("Dalej ›", on=listed)
    second = desk.piotr.notes("#general")[-1]
    assert "16–2" in second
    assert not {line for line in first.splitlines() if "*FV" in line} & set(
        str(second).splitlines()
    )
    desk.piotr.clicks("‹ Wstecz", on=second)
    assert "1–15 z 2" in desk.piotr.notes("#general")[-1]


def test_what_is_not_there_is_said(desk: Office) -> None:
    assert "Nie ma faktury ani klienta „nikt taki”" in asks(desk, "piotr", "nikt taki")


def test_strangers_to_money_learn_nothing(desk: Office) -> None:
    there = asks(desk, "tomasz", OVERDUE)
    nowhere = asks(desk, "tomasz", "FV/1999/01/0001")
    assert str(there).replace(OVERDUE, "…") == str(nowhere).replace("FV/1999/01/0001", "…")
    assert "10\xa0239" not in there


def test_readers_of_the_catalogue_see_everything(desk: Office) -> None:
    assert OVERDUE in asks(desk, "kata", OVERDUE)  # of the group S0SALES
    assert OVERDUE in asks(desk, "lena", OVERDUE)  # an agent of customers


def test_guests_are_refused(desk: Office) -> None:
    desk["olga"].types(f"/invoice {OVERDUE}", "#front-desk")
    assert "10\xa0239" not in "".join(map(str, desk["olga"].notes("#front-desk")))


def test_only_a_click_shares_an_invoice(desk: Office) -> None:
    card = asks(desk, "piotr", OVERDUE, "#sales")
    assert all(OVERDUE not in seen for seen in desk.emma.sees("#sales"))
    desk.piotr.clicks("Udostępnij tutaj", on=card)
    shared = desk.emma.sees("#sales")[-1]
    assert OVERDUE in shared
    assert shared.buttons == []
    assert "Piotr Nowak" in shared


def test_finance_books_a_payment_and_the_card_follows(desk: Office) -> None:
    card = asks(desk, "marek", OVERDUE)
    desk.marek.clicks("Zapłacono…", on=card)
    assert desk.marek.modal.value("amount") == "10239.75"
    desk.marek.fills(amount="4000").submits()
    assert "6\xa0239,75" in str(desk.marek.modal)
    assert "6\xa0239,75" in asks(desk, "piotr", OVERDUE)


def pays_too_much(desk: Office, amount: str) -> None:
    desk.marek.clicks("Zapłacono…", on=asks(desk, "marek", OVERDUE)).fills(amount=amount).submits()
    desk.marek.fills({"Czy tak ma być?": ["Tak, to więcej, niż zostało do zapłaty"]}).submits()


def test_more_than_is_open_is_asked_about_before_it_is_booked(desk: Office) -> None:
    desk.marek.clicks("Zapłacono…", on=asks(desk, "marek", OVERDUE))
    desk.marek.fills(amount="99999", booked_on="2026-11-19").submits()
    asked = desk.marek.modal
    assert "To o 89 759,25 zł więcej, niż zostało do zapłaty (10 239,75 zł)." in asked
    assert (asked.value("amount"), asked.value("booked_on")) == ("99999", "2026-11-19")
    desk.marek.submits()
    assert "89 759,25" in desk.marek.modal
    assert "zapłacona" not in asks(desk, "piotr", OVERDUE)
    desk.marek.fills({"Czy tak ma być?": ["Tak, to więcej, niż zostało do zapłaty"]}).submits()
    assert "nadpłacona" in desk.marek.modal


def test_amount_that_is_put_right_is_booked_without_a_tick(desk: Office) -> None:
    desk.marek.clicks("Zapłacono…", on=asks(desk, "marek", OVERDUE)).fills(amount="99999").submits()
    desk.marek.fills(amount="9999").submits()
    assert "240,75" in desk.marek.modal


def test_tick_is_for_the_sum_that_was_asked_about(desk: Office) -> None:
    desk.marek.clicks("Zapłacono…", on=asks(desk, "marek", OVERDUE)).fills(amount="10240").submits()
    desk.marek.fills(
        {"Czy tak ma być?": ["Tak, to więcej, niż zostało do zapłaty"], "amount": "102400"}
    ).submits()
    assert "To o 92 160,25 zł więcej" in desk.marek.modal
    assert not desk.marek.modal.value("Czy tak ma być?")
    assert "nadpłacona" not in asks(desk, "piotr", OVERDUE)


def test_two_who_enter_the_same_payment_at_once_do_not_book_it_twice_unasked(desk: Office) -> None:
    desk.marek.clicks("Zapłacono…", on=asks(desk, "marek", OVERDUE))
    desk.beata.clicks("Zapłacono…", on=asks(desk, "beata", OVERDUE)).submits()
    desk.marek.submits()
    assert "To o 10 239,75 zł więcej, niż zostało do zapłaty (0,00 zł)." in desk.marek.modal
    assert "nadpłacona" not in asks(desk, "piotr", OVERDUE)


def test_nobody_promises_what_is_overpaid(desk: Office) -> None:
    pays_too_much(desk, "20000")
    overpaid = asks(desk, "marek", OVERDUE)
    assert "nadpłacona" in overpaid
    assert "*Nadpłata*\n9\u00a0760,25" in overpaid
    assert {"Zapłacono…", "Wpłaty…"} <= set(overpaid.buttons)
    assert not {"Obietnica…", "Spór…", "Powiadom mnie o zapłacie"} & set(overpaid.buttons)
    desk.marek.closes(everything=True)
    desk.marek.clicks("Zapłacono…", on=overpaid)
    assert not desk.marek.modal.value("amount")


@pytest.mark.parametrize("amount", ["10000000000000", "9" * 400])
def test_amount_beyond_all_books_is_no_amount(desk: Office, amount: str) -> None:
    desk.marek.clicks("Zapłacono…", on=asks(desk, "marek", OVERDUE)).fills(amount=amount).submits()
    assert "Takiej kwoty nie ma w żadnych księgach" in str(desk.marek.modal.errors)


def test_others_do_not_book_payments(desk: Office) -> None:
    assert "Zapłacono…" not in asks(desk, "piotr", OVERDUE).buttons


def test_promise_waits_until_its_day(desk: Office) -> None:
    card = asks(desk, "piotr", OVERDUE)
    desk.piotr.clicks("Obietnica…", on=card).fills(until="2026-11-20").submits()
    assert "dnia dzisiejszego lub późniejszego" in "".join(desk.piotr.modal.errors.values())
    desk.piotr.fills(until="9999-12-31").submits()
    assert "w ciągu najbliższego roku" in "".join(desk.piotr.modal.errors.values())
    desk.piotr.fills(until="2026-11-30").submits()
    assert "obiecana zapłata" in asks(desk, "piotr", OVERDUE)
    desk.later(8 * 86400)
    assert "18 dni po terminie" not in asks(desk, "piotr", OVERDUE)
    assert "19 dni po terminie" in asks(desk, "piotr", OVERDUE)


def test_finance_reads_the_whole_reason_of_a_dispute(desk: Office) -> None:
    reason = "<!channel> & mokre palety " + "a & b " * 150 + "koniec"
    card = asks(desk, "piotr", OVERDUE)
    desk.piotr.clicks("Spór…", on=card).fills(why=reason).submits()
    heard = [seen for seen in desk.beata.sees("#bo-accounting") if "spór" in seen]
    shown = [block["text"]["text"] for block in heard[-1].blocks if block["type"] == "section"]
    assert reason in shown


def test_dispute_is_shown_and_ended(desk: Office) -> None:
    card = asks(desk, "piotr", OVERDUE)
    with pytest.raises(
        AssertionError, match="Some fields need your attention"
    ):  # without a reason nothing would be disputed
        desk.piotr.clicks("Spór…", on=card).submits()
    desk.piotr.fills(why="<!channel> mokre palety").submits()
    disputed = asks(desk, "piotr", OVERDUE)
    assert "sporna" in disputed
    assert "mokre palety" in disputed
    desk.piotr.clicks("Spór…", on=disputed).fills(why="").submits()
    assert "dni po terminie" in asks(desk, "piotr", OVERDUE)
