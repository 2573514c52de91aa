"""A statement of CAMT or MT940 from which a row went, came twice or changed its sign is never called
balanced.
"""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.ledger.statements.reader import read
from tests.ledger.test_statements_camt import balance, booked, document

OPENING = 100_000
MONEY = st.integers(-99_999, 99_999).filter(bool)
Written = Callable[[list[int], int], bytes]


def camt(kind: str) -> Written:
    def written(cents: list[int], closing: int) -> bytes:
        balances = [_balance("OPBD", OPENING), _balance("CLBD", closing)]
        rows = [booked(_plain(value), "CRDT" if value > 0 else "DBIT") for value in cents]
        return document("".join([*balances, *rows]), kind)

    return written


def mt940(cents: list[int], closing: int) -> bytes:
    rows = [
        f":61:2611201120{_mark(value)}{_comma(value)}NTRFNONREF//R{place}\n:86:020<20FV 1\n"
        for place, value in enumerate(cents)
    ]
    head = f":20:W\n:25:PL86109010140000000712340001\n:28C:1\n:60F:C261101PLN{_comma(OPENING)}\n"
    foot = f":62F:{_mark(closing)}261120PLN{_comma(closing)}\n"
    return "".join([head, *rows, foot]).encode()


WRITTEN = {"camt.052": camt("camt.052"), "camt.053": camt("camt.053"), "mt940": mt940}


@pytest.mark.parametrize("form", WRITTEN)
@given(cents=st.lists(MONEY, min_size=1, max_size=8), data=st.data())
def test_statement_whose_rows_were_changed_is_never_called_balanced(
    form: str, cents: list[int], data: st.DataObject
) -> None:
    closing = OPENING + sum(cents)
    assert balanced(form, cents, closing) is True
    place = data.draw(st.integers(0, len(cents) - 1))
    ways = {"drop": [], "double": [cents[place]] * 2, "flip": [-cents[place]]}
    changed = ways[data.draw(st.sampled_from(sorted(ways)))]
    spoiled = [*cents[:place], *changed, *cents[place + 1 :]]
    assert balanced(form, spoiled, closing) is False


def balanced(form: str, cents: list[int], closing: int) -> bool | None:
    (statement,) = read(WRITTEN[form](cents, closing))
    assert statement.format == form
    return statement.balanced


def _balance(code: str, cents: int) -> str:
    return balance(code, _plain(cents), "CRDT" if cents >= 0 else "DBIT")


def _mark(cents: int) -> str:
    return "C" if cents >= 0 else "D"


def _plain(cents: int) -> str:
    return f"{Decimal(abs(cents)) / 100:.2f}"


def _comma(cents: int) -> str:
    return _plain(cents).replace(".", ",")
