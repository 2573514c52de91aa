"""Letters in forint: what is worked out is whole, and line by line it makes the sum."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from bot.kit.catalogue import Catalogue
from bot.slack import HOME
from handlers.documents.service import direct_render
from handlers.documents.service.direct_render import Wanted
from handlers.ledger.rates import book
from handlers.ledger.service.late_interest import claims
from tests.documents.samples import HUNGARIAN_EMPLOYER
from tests.documents.test_conversation import US
from tests.reminders.books import Books
from tests.reminders.conftest import books

__all__ = ["books"]

DUE = date(2026, 6, 12)
GIVEN = {"signatory": "Szűcs Gergő", "pay_by": "2026-12-07"}
RATES: Sequence[Sequence[str]] = (
    ("HU-business", "2026-07-01", "2026-12-31", "14.25", "mnb.hu"),
    ("MNB-EUR", "2026-06-13", "", "398.52", "mnb.hu"),
)


@pytest.fixture
def rules(shipped: Catalogue, request: pytest.FixtureRequest) -> Catalogue:
    """A Hungarian company that claims the fixed sum, unless it is asked for without."""
    ours = {
        "name": HUNGARIAN_EMPLOYER.name,
        "address": HUNGARIAN_EMPLOYER.address,
        "tax_numbers": ("12892312-2-18",),
        "country": "HU",
        "accounts": {"HUF": ("HU42117730161111101800000000",)},
        "place": HUNGARIAN_EMPLOYER.place,
        "hungarian_compensation": getattr(request, "param", True),
    }
    return shipped.model_copy(update={"company": US.model_copy(update=ours)})


@pytest.fixture
def customer(books: Books) -> int:
    with books.turns.turn(HOME) as turn:
        for rate in RATES:
            row = dict(zip(("table", "from", "to", "rate", "source"), rate, strict=True))
            book.enter(turn, book.read_rate(row))
    debtor = {"tax_id": "26143013", "address": "Fő tér 1.\n3910 Tokaj", "country": "HU"}
    tokaji = books.customer("Tokaji Borpince Kft.", language="hu", **debtor)
    papers = {"customer": tokaji, "currency": "HUF", "seller_tax": "12892312"}
    for number in ("2026/0107", "2026/0108"):
        books.invoice(number, DUE, 33_333_300, issued_on="2026-06-01", **papers)
    return tokaji


def letter(books: Books, kind: str, language: str) -> str:
    with books.turns.turn(HOME) as turn:
        wanted = Wanted(kind, "Tokaji Borpince Kft.", language, None, GIVEN)
        _, printed = direct_render.render(turn, wanted, lambda *_: None)
    pages = PdfReader(BytesIO(printed.pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("kind", ["payment_demand", "final_demand", "interest_note"])
@pytest.mark.parametrize(
    ("language", "interest", "total"),
    [
        ("en", "42,768", "HUF 741,316"),
        ("pl", "42 768", "741 316 HUF"),
        ("hu", "42 768", "741 316 Ft"),
    ],
)
def test_interest_and_compensation_in_forint_have_no_filler(
    books: Books, customer: int, kind: str, language: str, interest: str, total: str
) -> None:
    text = letter(books, kind, language)
    assert interest in text
    assert (total in text) is (kind != "interest_note")
    with books.turns.turn(HOME) as turn:
        late = claims(turn, customer, turn.now.date())
    lines = [line.interest for claim in late for line in claim.lines]
    assert [line.minor % 100 for line in lines] == [0] * 4
    assert sum(line.minor for line in lines) == sum(claim.interest.minor for claim in late)


@pytest.mark.parametrize("rules", [False], indirect=True)
def test_days_that_earn_no_forint_yet_are_asked_for_when_they_do(
    books: Books, customer: int
) -> None:
    """A note of nothing would take their days from the next one."""
    due, small = date(2026, 11, 19), 1_000_00
    papers = {"customer": customer, "currency": "HUF", "seller_tax": "12892312"}
    invoice = books.invoice("2026/0200", due, small, issued_on="2026-11-01", **papers)
    with books.turns.turn(HOME) as turn:
        for last_day, interest in ((20, None), (30, 4_00)):
            late = claims(turn, customer, date(2026, 11, last_day))
            asked = [claim.interest.minor for claim in late if claim.invoice == invoice]
            assert asked == ([] if interest is None else [interest])
