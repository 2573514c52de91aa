"""Letters and notes tell the day from which interest really runs: a due date on a free day is moved
first.
"""

from datetime import date

import pytest

from bot.kit.catalogue import Catalogue
from bot.slack import HOME
from handlers.documents.service import direct_render
from handlers.documents.service.direct_render import Wanted
from handlers.ledger.rates import book
from storage.invoices import customers
from storage.turn import Turn
from tests.documents.test_conversation import US
from tests.documents.test_kinds import text_of
from tests.reminders.books import Books
from tests.reminders.conftest import books

__all__ = ["books"]

SATURDAY, TUESDAY, WEDNESDAY = (date(2026, 10, day) for day in (17, 20, 21))
GIVEN = {"signatory": "Beata Kamińska", "pay_by": "2026-12-07"}
DEMANDS = pytest.mark.parametrize("kind", ["payment_demand", "final_demand"])
DEBTORS = pytest.mark.parametrize("debtor", ["business", "consumer"])


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    accounts = {**US.accounts, "EUR": ("PL27114020040000300201355387",)}
    return shipped.model_copy(update={"company": US.model_copy(update={"accounts": accounts})})


@pytest.fixture
def customer(books: Books) -> int:
    return books.customer(tax_id="7740001454", address="ul. Łąkowa 7\n90-001 Łódź", language="pl")


def letter(books: Books, kind: str, language: str) -> str:
    with books.turns.turn(HOME) as turn:
        wanted = Wanted(kind, "Kowalska Sp. z o.o.", language, None, GIVEN)
        _, printed = direct_render.render(turn, wanted, lambda *_: None)
    return " ".join(text_of(printed.pdf).split())


def of_kind(books: Books, customer: int, debtor: str) -> None:
    with books.turns.turn(HOME) as turn:
        customers.change(turn, customer, debtor=debtor)


@DEMANDS
@DEBTORS
@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("en", "from 20 October 2026 to the day of payment"),
        ("pl", "od 20 października 2026 r. do dnia zapłaty"),
        ("hu", "2026. október 20. napjától a kifizetés napjáig"),
    ],
)
def test_due_on_a_saturday_the_day_after_monday_is_named(
    books: Books, customer: int, kind: str, debtor: str, language: str, first: str
) -> None:
    of_kind(books, customer, debtor)
    books.invoice("FV/2026/10/0007", SATURDAY, customer=customer, issued_on="2026-10-01")
    assert first in letter(books, kind, language)


@DEMANDS
@DEBTORS
@pytest.mark.parametrize(
    ("language", "column", "plain"),
    [
        ("en", "the day after the one in the column “In time until”", "day after its due date"),
        ("pl", "następującego po dniu z kolumny „W terminie do”", "po terminie płatności do dnia"),
        ("hu", "a „Határidőben eddig” oszlopban álló napot követő", "az esedékességet követő"),
    ],
)
def test_several_days_are_those_of_the_column_that_counts(
    books: Books, customer: int, kind: str, debtor: str, language: str, column: str, plain: str
) -> None:
    of_kind(books, customer, debtor)
    books.invoice("FV/2026/10/0007", TUESDAY, customer=customer, issued_on="2026-10-01")
    books.invoice("FV/2026/10/0008", WEDNESDAY, customer=customer, issued_on="2026-10-01")
    working_days_alone = letter(books, kind, language)
    books.invoice("FV/2026/10/0009", SATURDAY, customer=customer, issued_on="2026-10-01")
    with_a_saturday = letter(books, kind, language)
    assert plain in working_days_alone
    assert column not in working_days_alone
    assert column in with_a_saturday
    assert plain not in with_a_saturday


def test_without_a_sum_interest_is_not_claimed_on_all_from_the_day_of_the_oldest(
    books: Books, customer: int
) -> None:
    with books.turns.turn(HOME) as turn:
        _ends_with_september(turn)
    books.invoice("FV/2026/10/0007", TUESDAY, customer=customer, issued_on="2026-10-01")
    alone = letter(books, "payment_demand", "en")
    books.invoice("FV/2026/10/0008", SATURDAY, customer=customer, issued_on="2026-10-01")
    both = letter(books, "payment_demand", "en")
    assert "We claim statutory interest from 21 October 2026 to the day of payment." in alone
    assert (
        "We claim statutory interest on each invoice from the day after the one in the column "
        "“In time until” to the day of payment." in both
    )


def _ends_with_september(turn: Turn) -> None:
    row = {
        "table": "PL-business",
        "from": "2026-07-01",
        "to": "2026-09-30",
        "rate": "13.75",
        "source": "M.P. 2026 poz. 642",
    }
    book.enter(turn, book.read_rate(row))


@pytest.mark.parametrize(
    ("language", "heading", "of_saturday"),
    [
        ("en", "In time", ("17 Oct 2026", "19 Oct 2026", "20 Oct 2026")),
        ("pl", "W terminie", ("17.10.2026", "19.10.2026", "20.10.2026")),
        ("hu", "Határidőben", ("2026. 10. 17.", "2026. 10. 19.", "2026. 10. 20.")),
    ],
)
def test_note_shows_the_due_date_the_day_that_counts_and_the_first_of_interest(
    books: Books, customer: int, language: str, heading: str, of_saturday: tuple[str, str, str]
) -> None:
    due, in_time_until, first = of_saturday
    books.invoice("FV/2026/10/0007", TUESDAY, customer=customer, issued_on="2026-10-01")
    on_a_working_day = letter(books, "interest_note", language)
    books.invoice("FV/2026/10/0008", SATURDAY, customer=customer, issued_on="2026-10-01")
    on_a_saturday = letter(books, "interest_note", language)
    assert heading not in on_a_working_day
    assert heading in on_a_saturday
    # The text of a table comes column by column: both due dates, both days that count, both first.
    assert f"{due} {first} {in_time_until} {first} {first}" in on_a_saturday
