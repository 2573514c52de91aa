"""Checks: totals, rates, tax numbers, accounts, dates and codes; each finding names its rule and
its source.
"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.invoice_content import Tax
from handlers.invoices.formats.document import Finding, Instalment, InvoiceDocument, Party, Rule
from handlers.invoices.model import checks
from handlers.invoices.model.check_digits import is_account, is_country, is_currency, is_tax_number
from handlers.invoices.model.checks import check

GOOD = InvoiceDocument(
    format="ubl-invoice",
    kind="invoice",
    number="F/1",
    issued_on=date(2026, 11, 2),
    currency="PLN",
    total=Decimal("123.00"),
    to_pay=Decimal("123.00"),
    seller=Party("Kwiaciarnia Fiołek", "9999999999", "PL"),
    buyer=Party("Hotel pod Żubrem", "PL1111111111", "PL"),
    instalments=(Instalment(date(2026, 11, 16)),),
    accounts=("PL61109010140000071219812874",),
    net=Decimal(100),
    tax=Decimal(23),
    taxes=(Tax(Decimal(23), Decimal(100), Decimal(23)),),
    lines=1,
    lines_net=Decimal(100),
)


def rules(document: InvoiceDocument) -> list[str]:
    return [finding.rule.id for finding in check(document)]


def test_invoice_in_order_has_no_findings() -> None:
    assert check(GOOD) == ()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"number": None}, "number.missing"),
        ({"issued_on": None}, "issued_on.missing"),
        ({"total": None}, "total.missing"),
        ({"currency": None}, "currency.missing"),
        ({"currency": "PTR"}, "currency.unknown"),
        ({"seller": Party("A", None, "PL")}, "seller.tax_id.missing"),
        ({"seller": Party(None, "9999999999", "PL")}, "seller.name.missing"),
        ({"seller": Party("A", "9999999998", "PL")}, "tax_id.invalid"),
        ({"buyer": Party("A", "DE999999990", None)}, "tax_id.invalid"),
        ({"buyer": Party("A", None, "POL")}, "country.unknown"),
        ({"accounts": ("PL61109010140000071219812875",)}, "account.invalid"),
        ({"instalments": (Instalment(date(2026, 11, 1)),)}, "due_on.before_issue"),
        ({"instalments": ()}, "due_on.missing"),
        ({"net": Decimal(99), "lines_net": Decimal(99)}, "total.gross"),
        ({"lines_net": Decimal(99)}, "total.lines"),
        ({"taxes": (Tax(Decimal(23), Decimal(100), Decimal(22)),)}, "total.tax"),
        ({"taxes": (Tax(Decimal(8), Decimal(100), Decimal(23)),)}, "tax.rate"),
        ({"to_pay": Decimal(100)}, "total.to_pay"),
        ({"kind": "credit_note"}, "corrects.missing"),
    ],
)
def test_what_is_wrong_is_found_once(change: dict[str, object], rule: str) -> None:
    assert rules(GOOD._replace(**change)).count(rule) == 1  # type: ignore[arg-type]


def test_prepaid_and_rounding_explain_what_is_asked_for() -> None:
    assert (
        rules(
            GOOD._replace(prepaid=Decimal("23.40"), rounding=Decimal("0.40"), to_pay=Decimal(100))
        )
        == []
    )


def test_settlement_of_ksef_is_not_held_against_it() -> None:
    assert rules(GOOD._replace(format="ksef-fa3", to_pay=Decimal(100))) == []


def test_forints_may_differ_by_less_than_one() -> None:
    forints = GOOD._replace(currency="HUF", total=Decimal("123.4"), to_pay=Decimal("123.4"))
    assert rules(forints) == []


def test_findings_of_the_reader_come_first() -> None:
    noticed = Finding(Rule("reader", "note", "Noticed {what}.", "test"), {"what": "this"})
    assert check(GOOD._replace(number=None, noticed=(noticed,)))[0] == noticed


def test_message_has_its_amounts_and_days() -> None:
    (finding,) = check(GOOD._replace(instalments=(Instalment(date(2026, 11, 1)),)))
    assert finding.message == "The due date 2026-11-01 is before the date of issue 2026-11-02."
    (finding,) = check(GOOD._replace(lines_net=Decimal(99)))
    assert finding.message.startswith("The lines with discounts and charges add up to 99.00 PLN")


def test_every_rule_has_a_source() -> None:
    known = [rule for rule in vars(checks).values() if isinstance(rule, Rule)]
    assert len(known) > 15
    assert all(rule.source for rule in known)
    assert len({rule.id for rule in known}) == len(known)


@pytest.mark.parametrize(
    ("number", "country", "valid"),
    [
        ("5261040828", "PL", True),
        ("526-104-08-28", "PL", True),
        ("5261040829", "PL", False),
        ("PL5261040828", None, True),
        ("12892312", "HU", True),
        ("12892312-2-41", "HU", True),
        ("12892313", "HU", False),
        ("HU12892312", None, True),
        ("ATU12345675", "AT", True),
        ("EL123456789", "GR", False),
        ("NO986011117", None, None),
        ("201/113/40209", "DE", None),
        ("RS888888888", "RS", None),
    ],
)
def test_tax_numbers_are_judged_by_their_country(
    number: str, country: str | None, valid: bool | None
) -> None:
    assert is_tax_number(number, country) is valid


@pytest.mark.parametrize(
    ("account", "country", "valid"),
    [
        ("PL61109010140000071219812874", "PL", True),
        ("61109010140000071219812874", "PL", True),
        ("61109010140000071219812875", None, False),
        ("1234567890123456789012345", "PL", False),
        ("11773016-11111018-00000000", "HU", True),
        ("117730161111101800000000", "HU", True),
        ("11773016-11111018", "HU", True),
        ("12345678-12345678-12345678", "HU", False),
        ("DE89370400440532013000", "DE", True),
        ("DE88370400440532013000", "DE", False),
        ("12-34", "GB", None),
        ("1234567890", "NO", None),
    ],
)
def test_accounts_are_judged_by_their_check_digits(
    account: str, country: str | None, valid: bool | None
) -> None:
    assert is_account(account, country) is valid


def test_countries_and_currencies_are_those_that_exist() -> None:
    assert all(map(is_country, ("PL", "HU", "XK", "EL", "RE")))
    assert not any(map(is_country, ("POL", "XX", "EU", "")))
    assert is_currency("HUF")
    assert not is_currency("PTR")


@given(
    rates=st.lists(
        st.tuples(st.sampled_from([0, 5, 8, 23, 27]), st.decimals(0, 10**6, places=2)),
        min_size=1,
        max_size=5,
    )
)
def test_invoice_that_adds_up_is_never_blamed(rates: list[tuple[int, Decimal]]) -> None:
    cent = Decimal("0.01")
    taxes = tuple(
        Tax(Decimal(rate), base, (base * rate / 100).quantize(cent)) for rate, base in rates
    )
    net = sum((tax.base for tax in taxes if tax.base), Decimal(0))
    tax = sum((tax.amount for tax in taxes if tax.amount), Decimal(0))
    document = GOOD._replace(
        net=net, tax=tax, total=net + tax, to_pay=net + tax, taxes=taxes, lines_net=net
    )
    assert rules(document) == []
