"""Every kind is made from the books of the demo, for whoever may have it and for nobody else."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from bot.kit.catalogue import Catalogue
from bot.kit.money import Money
from bot.kit.words import Words
from bot.slack import HOME
from handlers.documents import kinds
from handlers.documents.service import direct_render
from handlers.documents.service.direct_render import Wanted
from handlers.ledger.model.interest import NoRate, Rate
from handlers.ledger.rates import book
from handlers.ledger.service import balances
from handlers.ledger.service.late_interest import claims
from handlers.people.service import personnel
from handlers.tickets import service as tickets
from storage.documents import register
from storage.tickets.tickets import Request
from storage.turn import Turn
from tests.books import books, rules
from tests.contract.house import refuse
from tests.documents.golden import lacking, of_books
from tests.driver import Office, Seen
from tests.running import Running

__all__ = ["books", "rules"]

OVERDUE = "FV/2026/11/0042"
FILE = (
    "person;national id;birth name;place of birth;born on;mother's name;address;tax id;contract;"
    "duration;employed since;job title;working time;on trial;under notice;currency;base pay;pay;"
    "deductions\n"
    "U0TOMASZ;PESEL 90010112345;Nowak;Kőszeg;1990-01-01;Győri Ildikó;ul. Łąkowa 7, 90-001 Łódź;"
    "8412345678;umowa o pracę;czas nieokreślony;2019-04-01;administrator systemów;1;nie;nie;PLN;"
    '9400.00;"2026-08 9400.00 6700.00; 2026-09 9400.00 6710.00; 2026-10 9400.00 6720.00";brak\n'
)
GIVEN = {"signatory": "Beata Kamińska", "pay_by": "2026-12-07"}
ADDRESS = {"debtor.address": "ul. Łąkowa 7\n90-001 Łódź"}


def of_kind(key: str) -> str:
    """What a document of a kind is ordered about."""
    subjects = {"customer": "Kowalska Sp. z o.o.", "person": "U0TOMASZ", "ticket": "BO-1"}
    return subjects.get(kinds.kind(key).about, OVERDUE)


def made(turn: Turn, key: str, language: str) -> str:
    given = {**GIVEN, **(ADDRESS if kinds.kind(key).about == "customer" else {})}
    wanted = Wanted(key, of_kind(key), language, None, given)
    _, printed = direct_render.render(turn, wanted, lambda *_: None)
    pages = PdfReader(BytesIO(printed.pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def filled(bot: Running, books: None) -> Running:
    """The demo's books, a personnel file and a ticket."""
    with bot.turns.turn(HOME) as turn:
        assert personnel.take(turn, FILE.encode()).added == 1
    with bot.turns.turn(HOME, "U0TOMASZ") as turn:
        wanted = Request("test:1", "invoice_check", "Nie działa drukarka", "Nie drukuje <b>nic</b>")
        tickets.submit(turn, wanted)
    return bot


def test_every_kind_has_golden_files_and_no_golden_file_is_left_over() -> None:
    refuse(lacking())


def test_every_kind_is_made_from_the_books_in_every_language(filled: Running) -> None:
    for key in kinds.kinds():
        for language, fact in of_books(key).items():
            with filled.turns.turn(HOME) as turn:
                text = made(turn, key, language)
            assert fact in text, (key, language, text)
            assert "{" not in text, (key, language)


def test_demand_and_note_claim_what_the_ledger_earned(filled: Running) -> None:
    with filled.turns.turn(HOME) as turn:
        late = claims(turn, _kowalska(turn), turn.now.date())
        note, demand = made(turn, "interest_note", "en"), made(turn, "final_demand", "en")
        again = claims(turn, _kowalska(turn), turn.now.date(), since=lambda _: turn.now.date())
    assert late
    assert not again
    for claim in late:
        assert claim.number in note
    assert "Compensation" in demand
    assert re.search(r"Interest counted until", demand)


def test_note_keeps_which_invoices_it_asks_for(filled: Running) -> None:
    with filled.turns.turn(HOME) as turn:
        late = claims(turn, _kowalska(turn), turn.now.date())
        wanted = Wanted("interest_note", of_kind("interest_note"), "en", None, {**GIVEN, **ADDRESS})
        note, _ = direct_render.render(turn, wanted, lambda *_: None)
    assert list(note.claimed or ()) == [claim.invoice for claim in late] != []


def test_past_the_last_verified_rate_a_note_is_refused_and_a_demand_names_no_sum(
    filled: Running,
) -> None:
    with filled.turns.turn(HOME) as turn:
        for first_day, last_day in (("2026-07-01", "2026-09-30"),):
            rate = book.read_rate(
                {
                    "table": "PL-business",
                    "from": first_day,
                    "to": last_day,
                    "rate": "13.75",
                    "source": "M.P. 2026 poz. 642",
                }
            )
            assert isinstance(rate, Rate)
            book.enter(turn, rate)
        with pytest.raises(NoRate) as refused:
            made(turn, "interest_note", "pl")
        assert "2026 II" in turn.words.problem(refused.value)
        assert "Żądamy odsetek ustawowych od" in made(turn, "payment_demand", "pl")


def test_demand_names_the_earlier_letters_with_their_days(filled: Running) -> None:
    with filled.turns.turn(HOME) as turn:
        early = {**GIVEN, **ADDRESS}
        day = turn.now.date().replace(day=20)
        wanted = Wanted("payment_reminder", "Kowalska Sp. z o.o.", "pl", day, early)
        direct_render.render(turn, wanted, lambda *_: None)
        text = made(turn, "final_demand", "pl")
    assert "przypomnienie o płatności z 20 listopada 2026 r." in text


def test_employee_asks_hr_approves_and_nobody_else_gets_it(office: Office, filled: Running) -> None:
    office.tomasz.types("/document zaświadczenie o zarobkach", "#general")
    office.tomasz.fills(purpose="kredyt").submits()
    (card,) = [seen for seen in office.zsofia.dm if "ZD-000001" in seen]
    assert "9 400" not in card
    office.zsofia.clicks("approvals.approve", on=card)
    (pdf,) = [seen for seen in office.tomasz.dm if seen.files]
    assert pdf.files[0]["name"].startswith("zaswiadczenie-o-zatrudnieniu-i-zarobkach-ZD-")
    with filled.turns.turn(HOME) as turn:
        document = register.get(turn, 1)
    assert document.expires_on is not None
    office.piotr.types(f"/document verify {document.code}", "#general")
    assert "nie ma dokumentu z kodem" in _last(office.piotr.notes("#general")).lower()


def _last(notes: list[Seen]) -> str:
    return str(notes[-1].text)


def test_what_is_not_made_here_is_said_and_becomes_a_ticket_with_the_words(
    office: Office, filled: Running
) -> None:
    office.piotr.types("/document list motywacyjny za październik", "#general")
    note = office.piotr.notes("#general")[-1]
    assert "Nie sporządzam" in note
    office.piotr.clicks("Utwórz z tego zgłoszenie", on=note)
    assert "list motywacyjny za październik" in str(office.piotr.modal.view)


@pytest.mark.parametrize(
    ("words", "day", "language"),
    [
        ("potwierdzenie salda Kowalska na dzień 31.10.2026 po angielsku", "2026-10-31", "English"),
        ("balance confirmation Kowalska as of 2026-10-31 in Hungarian", "2026-10-31", "magyar"),
        ("egyenlegközlő Kowalska 2026. október 31. lengyelül", "2026-10-31", "polski"),
        ("egyenlegközlő Kowalska 2026. okt. 31. lengyelül", "2026-10-31", "polski"),
        ("potwierdzenie salda Kowalska 31 paź 2026 po polsku", "2026-10-31", "polski"),
        ("potwierdzenie salda Kowalska na koniec października po polsku", "2026-10-31", "polski"),
        ("balance confirmation Kowalska as of 31/10/2026 in English", "2026-10-31", "English"),
        ("balance confirmation Kowalska 2026/10/31 in English", "2026-10-31", "English"),
        ("egyenlegközlő Kowalska tegnapi nappal magyarul", "2026-11-22", "magyar"),
        ("potwierdzenie salda Kowalska na wczoraj po polsku", "2026-11-22", "polski"),
    ],
)
def test_words_fill_the_form_in_three_languages(
    office: Office, filled: Running, words: str, day: str, language: str
) -> None:
    office.beata.types(f"/document {words}", "#general")
    form = office.beata.modal
    assert form.value("kind") == "Potwierdzenie salda"
    assert form.value("customer") == "Kowalska Sp. z o.o."
    assert form.value("as_of") == day
    assert form.value("language") == language


@pytest.mark.parametrize("day", ["31.02.2026", "2026-02-31"])
def test_what_the_calendar_does_not_have_is_no_day(
    office: Office, filled: Running, day: str
) -> None:
    office.beata.types(f"/document potwierdzenie salda Kowalska na {day}", "#general")
    assert not office.beata.has_modal
    assert f"„{day}” nie jest datą" in office.beata.notes("#general")[-1]


def test_who_may_not_see_money_orders_their_own_papers_alone(
    office: Office, filled: Running
) -> None:
    office.tomasz.types("/document nota odsetkowa Kowalska", "#general")
    assert not office.tomasz.has_modal
    office.tomasz.types("/document", "#general")
    assert office.tomasz.modal.value("kind") in (None, "")


def _kowalska(turn: Turn) -> int:
    from storage.invoices import customers

    return customers.search(turn, "Kowalska", owner=None)[0].id


def test_catalogue_names_no_kind_without_a_file(rules: Catalogue) -> None:
    named = {key for key, kind in rules.document_kinds.items() if kind.source == "made"}
    assert named == set(kinds.kinds())


def test_statement_shows_one_direction_where_it_is_asked_for(filled: Running) -> None:
    with filled.turns.turn(HOME) as turn:
        given = {**GIVEN, **ADDRESS}
        texts = []
        for direction in ("receivable", "payable"):
            about = {**given, "direction": direction}
            wanted = Wanted("account_statement", "Kowalska Sp. z o.o.", "en", None, about)
            _, printed = direct_render.render(turn, wanted, lambda *_: None)
            texts.append(
                " ".join(page.extract_text() for page in PdfReader(BytesIO(printed.pdf)).pages)
            )
        assert "FV/2026/11/0042" in texts[0]
        assert "FV/2026/11/0042" not in texts[1]
        wanted = Wanted("account_statement", "Kowalska Sp. z o.o.", "en", None, {"direction": "up"})
        with pytest.raises(direct_render.NotADirection):
            direct_render.render(turn, wanted, lambda *_: None)


def test_polish_confirmation_holds_the_interest_that_accrued(filled: Running) -> None:
    with filled.turns.turn(HOME) as turn:
        earned = sum(
            claim.interest.minor for claim in claims(turn, _kowalska(turn), turn.now.date())
        )
        owed = balances.balance(
            turn, direction="receivable", day=turn.now.date(), customers=[_kowalska(turn)]
        )
        text = made(turn, "balance_confirmation", "pl")
        balance = Money(sum(each.in_sum for each in owed) + earned, "PLN")
        assert earned
        assert turn.words.money(Money(earned, "PLN")).replace("\xa0", " ") in text or (
            Words("pl").money(Money(earned, "PLN")).replace("\xa0", " ") in text
        )
        assert Words("pl").money(balance).replace("\xa0", " ") in text


def test_made_document_is_kept_as_long_as_its_kind_says(filled: Running) -> None:
    with filled.turns.turn(HOME) as turn:
        made(turn, "account_statement", "pl")
        made(turn, "payment_reminder", "pl")
        kept = [register.get(turn, id_).retention for id_ in (1, 2)]
    assert kept == ["books", "correspondence"]


def test_approver_reads_why_a_demand_names_no_sum(office: Office, filled: Running) -> None:
    with filled.turns.turn(HOME) as turn:
        facts = ("PL-business", "2026-07-01", "2026-09-30", "13.75", "M.P. 2026 poz. 642")
        rate = book.read_rate(
            dict(zip(("table", "from", "to", "rate", "source"), facts, strict=True))
        )
        book.enter(turn, rate)
    office.beata.types("/document wezwanie do zapłaty Kowalska", "#general").submits()
    office.beata.submits()
    cards = [seen for seen in office.marek.dm if "Wezwanie do zapłaty" in seen]
    assert "2026 II" in cards[-1]
    assert "podano bez kwoty" in cards[-1]
