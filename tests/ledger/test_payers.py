"""Who paid: account before tax number before name, and what a title's other words and digits say."""

from dataclasses import replace

import pytest

from handlers.ledger.model.matching.cases import named_items, read
from handlers.ledger.model.matching.index import Index
from handlers.ledger.model.matching.payers import Payer, Standing, payer
from handlers.ledger.model.matching.purpose import says_more
from handlers.ledger.model.matching.titles import read_title
from handlers.ledger.model.matching.values import Direction, MatchingItem, Reason
from handlers.ledger.statements.values import Entry
from tests.ledger.test_matching import ALFA, BETA, FV42, entry, item

OF_ALFA = item("FV/1", tax_id="PL 725-18-01-126")
BOUGHT = item("FZ/1", tax_id="HU 10773381", direction=Direction.PAYABLE)
SAME, OTHER = Standing.SAME, Standing.OTHER


def paid_by(entry: Entry, *items: MatchingItem) -> Payer:
    return payer(entry, read_title(entry.title, entry.amount), Index(items))


@pytest.mark.parametrize(
    ("told", "open_item", "standing"),
    [
        (entry("x", counterparty_account=ALFA), OF_ALFA, (SAME, Reason.ACCOUNT)),
        (entry("x", payer=None, virtual_account=ALFA), OF_ALFA, (SAME, Reason.ACCOUNT)),
        (entry("7251801126", payer="KTO INNY"), OF_ALFA, (SAME, Reason.TAX_ID)),
        (entry("725180112", payer=None), OF_ALFA, (Standing.UNKNOWN, None)),
        (entry("10773381", payer=None), BOUGHT, (SAME, Reason.TAX_ID)),  # eight digits are enough
        (entry("1077338", payer=None), replace(BOUGHT, tax_id="1077338"), (Standing.UNKNOWN, None)),
        (entry("x"), OF_ALFA, (SAME, Reason.NAME)),
        (entry("x", payer="BETA"), OF_ALFA, (OTHER, Reason.OTHER_PAYER)),
        (entry("x", counterparty_account=BETA), OF_ALFA, (Standing.UNKNOWN, None)),  # a namesake
        (entry("x", payer=None), OF_ALFA, (Standing.UNKNOWN, None)),
    ],
)
def test_a_payer_stands_to_a_customer_by_account_number_and_name(
    told: Entry, open_item: MatchingItem, standing: tuple[Standing, Reason | None]
) -> None:
    of_beta = item("FV/2", customer="Beta", customer_names=("Beta",))
    assert paid_by(told, open_item, of_beta).standing(open_item) == standing


def test_both_accounts_of_an_entry_say_who_paid() -> None:
    of_beta = item("FV/2", customer="Beta", accounts=(BETA,))
    told = entry("x", payer=None, counterparty_account=ALFA, virtual_account=BETA)
    assert paid_by(told, OF_ALFA, of_beta).by_account == {OF_ALFA.customer_id, "Beta"}


SPLIT = "/VAT/23,00/IDC/{}/INV/FZ1/TXT/x"


@pytest.mark.parametrize(
    ("named", "direction", "is_them"),
    [
        ("7251801126", Direction.PAYABLE, True),
        ("7251801126", Direction.RECEIVABLE, False),  # IDC is the issuer's, and that is ourselves
        ("5261040828", Direction.PAYABLE, False),
    ],
)
def test_the_number_in_a_split_payment_is_its_issuers(
    named: str, direction: Direction, is_them: bool
) -> None:
    told = entry(SPLIT.format(named), payer=None)
    open_item = replace(OF_ALFA, direction=direction)
    known = replace(paid_by(told, open_item), numbers=frozenset())
    assert (known.standing(open_item)[0] is SAME) is is_them


@pytest.mark.parametrize(
    ("told", "is_silent"),
    [
        (entry("x", payer=None), True),
        (entry("x", payer=""), True),
        (entry("x"), False),
        (entry("x", payer=None, counterparty_account=BETA), False),
    ],
)
def test_an_entry_without_name_and_account_says_nothing_of_who_paid(
    told: Entry, is_silent: bool
) -> None:
    assert paid_by(told, OF_ALFA).silent is is_silent


@pytest.mark.parametrize(
    ("title", "is_more"),
    [
        ("FV/2026/11/0042", False),
        ("faktura FV/2026/11/0042 zaplata", False),
        ("FV/2026/11/0042 alfa trans", False),
        ("faktura 0042", False),
        ("FV/2026/11/0042 mleczarnia", True),
        ("FV/2026/11/0042 rata 3", False),
        ("FV/2026/11/0042 rata 1/2", False),
        ("FV/2026/11/0042 12/34", False),
        ("FV/2026/11/0042 123", True),
        ("FV/2026/11/0042 1/2/3", True),
        ("FV/2026/11/0042 z dnia 05.11.2026", False),
        ("05.11.2026 FV/2026/11/0042", False),
        ("FV/2026/11/0042 05-11-2026 rok 2026", False),
        ("FV/2026/11/0042 7251801126", False),
        ("FV/2026/11/0042 5261040828", True),
        ("123 FV/2026/11/0042", True),
    ],
)
def test_a_title_says_more_where_a_word_or_number_is_nobodys(title: str, is_more: bool) -> None:
    theirs = replace(FV42, tax_id="7251801126")
    case = read(entry(title), Index([theirs]), lookalikes=False)
    named, _ = named_items(case)
    assert [each.items for each in named] == [(theirs,)]
    assert says_more(case, named) is is_more


@pytest.mark.parametrize("reference", ["ZAM 998877 mleczarnia", "998877"])
def test_the_payers_own_reference_says_nothing_more(reference: str) -> None:
    told = entry("FV/2026/11/0042", end_to_end=reference)
    case = read(told, Index([FV42]), lookalikes=False)
    named, _ = named_items(case)
    assert named
    assert not says_more(case, named)
