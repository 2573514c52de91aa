"""Finding invoices by their numbers: as typed, by a part, with one slip of the finger; and such as
may be one. Every way uses an index.
"""

import re
from collections.abc import Iterable, Iterator

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    exists,
    or_,
    select,
    true,
    union_all,
)

from bot.kit.folding import fold, fold_number
from storage.dialect import among
from storage.invoices.instalments import instalments
from storage.invoices.invoices import (
    Gate,
    Invoice,
    by_ids,
    find,
    in_any_partition,
    invoices,
    payable,
    workspace_checked,
)
from storage.invoices.number_patterns import patterns
from storage.turn import Turn

_LETTERS_FIRST = re.compile(r"(?:[a-z]+\.)*")
_IMPLIED = re.compile(
    r"(?<=[a-z])\.(?=[0-9])|(?<=[0-9])\.(?=[a-z])"
)  # folding puts these back by itself
_AFTER_EVERYTHING = "{"  # sorts behind every character of a folded number
_DIGITS, _LETTERS = "0123456789", "abcdefghijklmnopqrstuvwxyz"
_LOOKS_LIKE = {"o": "0", "l": "1", "i": "1", "0": "o", "1": "i"}
_BESIDE_A_DIGIT = re.compile(r"(?<=[0-9])[oil]+|[oil]+(?=[0-9])")
_RUN_TOGETHER = re.compile(r"([a-z]+) ?((?:19|20)[0-9]{2})([0-9]{3,10})")
_Ids = Select[int] | CompoundSelect[int]
_LETTERS_AT_ONCE = 100
_LOOKED_AT = 200  # of the fitting numbers that an index gives, before they are put in order


def _letters_first(turn: Turn) -> list[str]:
    """With which letters numbers begin: ``fv.``, and nothing."""
    first = (_LETTERS_FIRST.match(f"{pattern}.") for pattern in patterns(turn))
    return sorted({"", *(letters[0] for letters in first if letters)})


def by_number(turn: Turn, gate: Gate, folded: Iterable[str]) -> list[Invoice]:
    """By folded numbers, as they stand."""
    return find(turn, gate, invoices.c.folded.in_(set(folded)))


def run_together(text: str) -> set[str]:
    """The numbers, folded, that ``fv2026110042`` may be without its signs: the digits behind the
    letters in two or three parts, the first of them a year.
    """
    whole = _RUN_TOGETHER.fullmatch(fold(text))
    if whole is None:
        return set()
    letters, year, rest = whole.groups()
    divided = [f"{rest[:place]}.{rest[place:]}" for place in range(1, len(rest))]
    return {fold_number(f"{letters}.{year}.{part}") for part in (rest, *divided)}


def by_part(turn: Turn, gate: Gate, folded: str, most: int = 10) -> list[Invoice]:
    """By a beginning of the folded number, with or without its letters, or by an end; whole parts
    before pieces.
    """
    for fitting in _ways(turn, folded):
        ids = list(turn.db.execute(fitting.limit(_LOOKED_AT)).scalars())
        if ids and (result := by_ids(turn, gate, ids, most)):
            return result
    return []


def by_amount(turn: Turn, gate: Gate, minor: int, currency: str | None, most: int) -> list[Invoice]:
    """Open ones of which this was asked for, or is left, or falls due as an instalment; in
    whichever currency, if none is told.
    """
    part = exists().where(instalments.c.invoice == invoices.c.id, instalments.c.amount == minor)
    conditions = [
        invoices.c.outstanding != 0,
        or_(
            invoices.c.outstanding == minor,
            invoices.c.to_pay == minor,
            and_(invoices.c.is_split == true(), part),
        ),
    ]
    if currency:
        conditions.append(invoices.c.currency == currency)
    return find(turn, gate, *conditions, most=most)


def by_typo(turn: Turn, gate: Gate, text: str, most: int = 10) -> list[Invoice]:
    """Numbers that are one slip away from what was typed: a sign too many, too few, another, two
    changed about.
    """
    return find(turn, gate, invoices.c.folded.in_(set(slips(text))), most=most)


def slips(text: str) -> Iterator[str]:
    """Every number, folded, that is one slip away from what was typed."""
    typed = _IMPLIED.sub("", fold(text).replace(" ", "."))
    yield fold_number(_BESIDE_A_DIGIT.sub(_as_digits, fold(text)))
    for i, sign in enumerate(typed):
        yield fold_number(typed[:i] + typed[i + 1 :])
        yield fold_number(typed[:i] + typed[i + 1 : i + 2] + sign + typed[i + 2 :])
        for other in _likely(sign):
            yield fold_number(typed[:i] + other + typed[i + 1 :])
    for i in range(len(typed) + 1):
        beside = typed[max(0, i - 1) : i + 1]
        for more in _DIGITS + "." + (_LETTERS if any(sign.isalpha() for sign in beside) else ""):
            yield fold_number(typed[:i] + more + typed[i:])


def _as_digits(letters: re.Match[str]) -> str:
    """Letters that were typed for the digits they look like, as many as stand together."""
    return "".join(_LOOKS_LIKE[letter] for letter in letters[0])


def _likely(sign: str) -> str:
    """What may have been meant: a digit for a digit, a letter for a letter, and what looks so."""
    alike = _LOOKS_LIKE.get(sign, "")
    return (_DIGITS if sign.isdigit() else _LETTERS if sign.isalpha() else "") + alike


def _ways(turn: Turn, folded: str) -> Iterator[_Ids]:
    yield _ending(turn, f".{folded}")
    yield from _beginning(turn, f"{folded}.")
    yield from _beginning(turn, folded)
    yield _ending(turn, folded)


def _ending(turn: Turn, part: str) -> _Ids:
    return _of(turn, in_any_partition(turn), begins(invoices.c.tail, part[::-1]))


def _beginning(turn: Turn, part: str) -> Iterator[_Ids]:
    """By each of the letters that numbers begin with, and without them; each by itself goes by the
    index.
    """
    existing = _letters_first(turn)
    for first in range(0, len(existing), _LETTERS_AT_ONCE):
        some = existing[first : first + _LETTERS_AT_ONCE]
        yield union_all(*(_of(turn, begins(invoices.c.folded, letters + part)) for letters in some))


def _of(turn: Turn, *conditions: ColumnElement[bool]) -> Select[int]:
    return select(invoices.c.id).where(invoices.c.workspace == turn.workspace, *conditions)


def begins(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    return and_(column >= text, column < text + _AFTER_EVERYTHING)


def double_of_supplier(turn: Turn, invoice: Invoice) -> str | None:
    """The number of another invoice of this supplier's over the same amount of the same day."""
    theirs = (payable, invoices.c.customer == invoice.customer, workspace_checked == turn.workspace)
    return _other(turn, invoice, *theirs)


def double_written_alike(turn: Turn, invoice: Invoice) -> str | None:
    """The number of another invoice of its seller's that agrees in day and amount too."""
    seller = select(invoices.c.seller_tax).where(invoices.c.id == invoice.id).scalar_subquery()
    alike = (
        invoices.c.workspace == turn.workspace,
        invoices.c.folded == fold_number(invoice.number),
        invoices.c.seller_tax == seller,
    )
    return _other(turn, invoice, *alike)


def _other(turn: Turn, invoice: Invoice, *conditions: ColumnElement[bool]) -> str | None:
    same = (
        invoices.c.issued_on == invoice.issued_on,
        invoices.c.total == invoice.total,
        invoices.c.currency == invoice.currency,
        invoices.c.id != invoice.id,
    )
    numbers = select(invoices.c.number).where(*conditions, *same).order_by(invoices.c.number)
    number: str | None = turn.db.execute(numbers.limit(1)).scalar()
    return number


def sellers(turn: Turn, ids: Iterable[int]) -> set[str]:
    """The folded tax numbers by which these invoices were issued."""
    conditions = (workspace_checked == turn.workspace, among(invoices.c.id, sorted(set(ids))))
    query = select(invoices.c.seller_tax).where(*conditions).distinct()
    return set(turn.db.execute(query).scalars())
