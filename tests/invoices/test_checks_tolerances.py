"""Tolerances of the checks, to the least unit: what is let pass, and what is one unit too much."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.kit.invoice_content import Tax
from handlers.invoices.formats.document import Corrected, Instalment, InvoiceDocument, Party
from handlers.invoices.model.checks import check
from tests.invoices.test_formats_checks import GOOD, rules

D = Decimal


def changed(**facts: Any) -> InvoiceDocument:
    return GOOD._replace(**facts)


def taxed(*amounts: str, rate: str = "23", base: str = "100") -> dict[str, Any]:
    return {"taxes": tuple(Tax(D(rate), D(base), D(amount)) for amount in amounts)}


@pytest.mark.parametrize(
    ("facts", "broken"),
    [
        # net and tax against the total: a cent, or a whole forint
        ({"total": D("123.01"), "to_pay": D("123.01")}, []),
        ({"total": D("123.02"), "to_pay": D("123.02")}, ["total.gross"]),
        ({"total": D("122.99"), "to_pay": D("122.99")}, []),
        ({"total": D("122.98"), "to_pay": D("122.98")}, ["total.gross"]),
        ({"currency": "HUF", "total": D(124), "to_pay": D(124)}, []),
        ({"currency": "HUF", "total": D(125), "to_pay": D(125)}, ["total.gross"]),
        ({"tax": None, "taxes": (), "total": D(100), "to_pay": D(100)}, []),
        ({"tax": None, "taxes": (), "total": D("100.02"), "to_pay": D("100.02")}, ["total.gross"]),
        ({"net": None, "total": D(999), "to_pay": D(999)}, []),
        ({"total": None}, ["total.missing"]),
        # lines against the net: a cent for each line
        ({"lines_net": D("100.01")}, []),
        ({"lines_net": D("100.02")}, ["total.lines"]),
        ({"lines_net": D("99.98")}, ["total.lines"]),
        ({"lines_net": D("100.03"), "lines": 3}, []),
        ({"lines_net": D("100.04"), "lines": 3}, ["total.lines"]),
        ({"lines_net": D("100.01"), "lines": 0, "format": "csv"}, []),
        ({"lines_net": None}, []),
        # the tax of the rates against the tax in all
        (taxed("23.01"), []),
        (taxed("23.02"), ["total.tax"]),
        (taxed("22.98"), ["total.tax"]),
        ({**taxed("23.02"), "tax": None, "total": D(100), "to_pay": D(100)}, []),
        # the tax of a rate: a cent for each line, five at least
        (taxed("23.05", "0", base="100"), ["total.tax", "tax.rate"]),
        ({**taxed("23.05"), "tax": D("23.05"), "total": D("123.05"), "to_pay": D("123.05")}, []),
        ({**taxed("23.06"), "tax": D("23.06"), "total": D("123.06"), "to_pay": D("123.06")}, ["tax.rate"]),
        ({**taxed("22.94"), "tax": D("22.94"), "total": D("122.94"), "to_pay": D("122.94")}, ["tax.rate"]),
        ({**taxed("23.06"), "tax": D("23.06"), "total": D("123.06"), "to_pay": D("123.06"), "lines": 6}, []),
        ({**taxed("23.07"), "tax": D("23.07"), "total": D("123.07"), "to_pay": D("123.07"), "lines": 6}, ["tax.rate"]),
        ({"taxes": (Tax(None, D(100), D(23)),)}, []),
        ({"taxes": (Tax(D(23), None, D(23)),)}, []),
        ({"taxes": (Tax(D(23), D(100), None),)}, []),
        ({"taxes": (Tax(None, D(0), D(0)), Tax(D(8), D(100), D(23)))}, ["tax.rate"]),
        # what is asked for
        ({"to_pay": D("123.01")}, []),
        ({"to_pay": D("123.02")}, ["total.to_pay"]),
        ({"to_pay": D("122.98")}, ["total.to_pay"]),
        ({"to_pay": D("23"), "prepaid": D(100)}, []),
        ({"to_pay": D("23.02"), "prepaid": D(100)}, ["total.to_pay"]),
        ({"to_pay": D("123.50"), "rounding": D("0.50")}, []),
        ({"to_pay": None}, []),
        ({"to_pay": D(1), "format": "ksef-fa3"}, []),
        ({"to_pay": D(1), "lines": 0}, []),
        # what was paid in parts, where the format tells of parts
        ({"format": "csv", "to_pay": D(100), "prepaid": D(23)}, []),
        ({"format": "csv", "to_pay": D("-0.01"), "prepaid": D(100)}, []),
        ({"format": "csv", "to_pay": D("-0.02"), "prepaid": D(100)}, ["paid.above"]),
        ({"format": "csv", "to_pay": D("-100"), "prepaid": D(100)}, ["paid.above"]),
        ({"format": "csv", "to_pay": D("-100.01"), "prepaid": D(100)}, []),
        ({"format": "csv", "to_pay": None, "prepaid": D(100)}, []),
        ({"format": "csv", "to_pay": D("-0.01"), "prepaid": D("0.01")}, []),
        ({"format": "csv", "to_pay": D("-0.02"), "prepaid": D("0.02")}, ["paid.above"]),
        ({"format": "csv", "to_pay": D("-1"), "prepaid": D(100), "marked_paid": True}, []),
        # decimals that the currency does not have
        ({"currency": "JPY", "total": D("123"), "to_pay": D("123.0")}, []),
        ({"currency": "JPY", "total": D("123"), "to_pay": D("123.5")}, ["amount.decimals", "total.to_pay"]),
        ({"total": D("123.001"), "to_pay": D("123.001")}, ["amount.decimals"]),
        ({"accounts": ("1234567890123456789012345",)}, ["account.invalid"]),  # too short for Poland
        # days
        ({"instalments": (Instalment(date(2026, 11, 2)),)}, []),
        ({"instalments": (Instalment(date(2026, 11, 1)),)}, ["due_on.before_issue"]),
        ({"instalments": (Instalment(date(2026, 11, 1)),), "kind": "advance"}, []),
        ({"instalments": (Instalment(date(2026, 11, 1)),), "issued_on": None}, ["issued_on.missing"]),
        ({"instalments": (), "to_pay": D(0), "format": "csv"}, []),
        ({"instalments": (), "to_pay": D("0.01"), "format": "csv"}, ["due_on.missing"]),
        ({"instalments": (), "to_pay": None, "format": "csv"}, []),
        ({"instalments": (), "kind": "credit_note", "corrects": (Corrected("F/0"),)}, []),
        ({"instalments": (), "kind": "replacement", "corrects": (Corrected("F/0"),)}, ["corrects.replaces", "due_on.missing"]),
        ({"instalments": (), "lines": 0, "taxes": ()}, []),  # the profile MINIMUM
        ({"instalments": (), "lines": 0}, ["due_on.missing"]),
        ({"instalments": (), "taxes": ()}, ["due_on.missing"]),
        ({"instalments": (), "lines": 0, "taxes": (), "format": "csv"}, ["due_on.missing"]),
    ],
)  # fmt: skip
def test_a_unit_is_let_pass_and_one_more_is_not(facts: dict[str, Any], broken: list[str]) -> None:
    assert sorted(rules(changed(**facts))) == sorted(broken)


@pytest.mark.parametrize(
    ("facts", "messages"),
    [
        ({"currency": "PTR"}, ["There is no currency PTR."]),
        ({"seller": Party("Alfa", "9999999998", "PL")}, ["The tax number 9999999998 of Alfa is not valid: its length or check digit is wrong."]),
        ({"buyer": Party(None, "PL9999999998", None)}, ["The tax number PL9999999998 of PL9999999998 is not valid: its length or check digit is wrong."]),
        ({"buyer": Party("Beta", None, "POL")}, ["There is no country POL (Beta)."]),
        ({"accounts": ("PL61109010140000071219812875",)}, ["The bank account PL61109010140000071219812875 is not valid: its length or check digits are wrong."]),
        ({"taxes": (Tax(D("8.00"), D(100), D(23)),)}, ["8 % of 100.00 PLN is 8.00 PLN, but the tax is given as 23.00 PLN."]),
        ({"to_pay": D(1)}, ["The total 123.00 PLN less 0.00 PLN paid before is 123.00 PLN, but 1.00 PLN is asked for."]),
        ({"total": D(200), "to_pay": D(200)}, ["Net 100.00 PLN and tax 23.00 PLN do not add up to the total 200.00 PLN."]),
        ({"taxes": (), "tax": None, "total": D(200), "to_pay": D(200)}, ["Net 100.00 PLN and tax 0.00 PLN do not add up to the total 200.00 PLN."]),
        ({"taxes": (Tax(None, D(0), D(5)), Tax(None, D(0), D(6)))}, ["The tax by rate adds up to 11.00 PLN, not to 23.00 PLN."]),
        ({"format": "csv", "to_pay": D(-10), "prepaid": D(100)}, ["100.00 PLN is told as paid in parts, which is more than the 90.00 PLN that is asked for."]),
        ({"currency": "JPY", "net": None, "to_pay": D("123.5"), "format": "csv"}, ["123.5 JPY has more decimals than this currency has; 124 JPY is booked."]),
        ({"kind": "replacement", "corrects": (Corrected("F/0"), Corrected("F/9"))}, ["It corrects F/0, F/9 and is read as taking its place, not as an amount on top. Check that it is the whole."]),
        ({"currency": "PTR", "to_pay": D(1)}, ["There is no currency PTR.", "The total 123.00 XXX less 0.00 XXX paid before is 123.00 XXX, but 1.00 XXX is asked for."]),
        ({"currency": None, "to_pay": D(1)}, ["The invoice names no currency.", "The total 123.00 XXX less 0.00 XXX paid before is 123.00 XXX, but 1.00 XXX is asked for."]),
    ],
)  # fmt: skip
def test_a_finding_says_what_was_found(facts: dict[str, Any], messages: list[str]) -> None:
    assert [finding.message for finding in check(changed(**facts))] == messages


def test_a_seller_who_is_known_by_another_identifier_needs_no_tax_number() -> None:
    others = ("0088:5909000000000",)
    assert rules(changed(seller=Party("Alfa", None, "PL", others=others))) == []
    assert rules(changed(seller=Party(None, None, None))) == [
        "seller.tax_id.missing",
        "seller.name.missing",
    ]
