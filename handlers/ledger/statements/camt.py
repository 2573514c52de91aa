"""CAMT.052, .053 and .054 of any version: read entry by entry, so that a month of a large shop fits
in memory.

Names of elements are those of ISO 20022. An entry that is not booked (``PDNG``, ``INFO``, ``FUTR``)
is left out: it comes again when it is. A collective entry is taken apart when its parts carry
amounts that add up.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from lxml import etree

from bot.kit import xml
from bot.kit.days import is_kept
from bot.kit.folding import fold
from handlers.ledger.statements.accounts import account_key, compact, is_iban
from handlers.ledger.statements.field86 import joined, meaningful
from handlers.ledger.statements.problems import EntryIncomplete, NoStatement, TooManyEntries
from handlers.ledger.statements.values import Collective, Entry, Statement, statement

FORMATS = ("camt.052", "camt.053", "camt.054")
MAX_ENTRIES = 100_000
MAX_STATEMENTS = 10_000
_FORMATS = {"Rpt": "camt.052", "Stmt": "camt.053", "Ntfctn": "camt.054"}
_PARTS = (*_FORMATS, "Ntry", "Bal", "Acct", "CreDtTm")
_NOT_BOOKED = frozenset({"PDNG", "INFO", "FUTR"})
_MARKS = {"CRDT": 1, "DBIT": -1}
_TURNED = {"CRDT": -1, "DBIT": 1}
_TRUE = frozenset({"true", "1"})  # xs:boolean
_COUNT = re.compile(r"[0-9]{1,9}")
_SHORTEST = 10  # of an NtryRef that tells a booking apart; what is shorter counts lines
# More than fifteen digits are a mistake, and would not fit where sums are kept.
_AMOUNT = re.compile(r"\s*[+-]?0*[0-9]{1,15}(\.[0-9]{1,8})?\s*")


@dataclass(slots=True)
class _Open:
    """One statement while it is read."""

    account: str | None = None
    owner: str | None = None
    currency: str | None = None
    made_on: date | None = None
    balances: dict[str, tuple[Decimal, str | None]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    turned: list[Entry] = field(default_factory=list)
    """The same where a reversal has the direction of what it takes back, against the standard."""


class _Node:
    """An element whose children are asked for by local name, whatever the version's namespace."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        name = str(element.tag)
        self.namespace = name[: name.index("}") + 1] if name.startswith("{") else ""

    def text(self, *paths: str) -> str | None:
        """The text at the first of these paths that has one."""
        for path in paths:
            result = self.element.findtext(self._path(path))
            if result and result.strip():
                return " ".join(result.split())
        return None

    def texts(self, path: str) -> list[str]:
        return [result.text for result in self.element.iterfind(self._path(path)) if result.text]

    def node(self, path: str) -> "_Node | None":
        result = self.element.find(self._path(path))
        return None if result is None else _Node(result)

    def nodes(self, path: str) -> list["_Node"]:
        return [_Node(result) for result in self.element.iterfind(self._path(path))]

    def _path(self, path: str) -> str:
        return _qualified(self.namespace, path)


@lru_cache(maxsize=1024)
def _qualified(namespace: str, path: str) -> str:
    return "/".join(namespace + name for name in path.split("/"))


def fits(head: str) -> bool:
    """Whether a file that begins so is XML."""
    return head.lstrip("\ufeff \t\r\n").startswith("<")


def read(data: bytes) -> list[Statement]:
    """The statements of a file; raises a :class:`Problem` when it is no CAMT or an entry lacks its
    amount.
    """
    statements = list(_statements(data))
    if not statements:
        raise NoStatement
    return statements


def _statements(data: bytes) -> Iterator[Statement]:
    current, entries, count = _Open(), 0, 0
    for element in xml.each(data, _PARTS):
        parent = element.getparent()
        name, within = _local(element), "" if parent is None else _local(parent)
        if name in _FORMATS and within.startswith("BkToCstmr"):
            count += 1
            if count > MAX_STATEMENTS:
                raise TooManyEntries(limit=MAX_STATEMENTS)
            yield _closed(current, _FORMATS[name])
            current = _Open(made_on=current.made_on)
        elif name == "Ntry" and within in _FORMATS:
            entry = _Node(element)
            result = _entries(entry, current, entries + 1)
            entries += max(len(result), 1)
            if entries > MAX_ENTRIES:
                raise TooManyEntries(limit=MAX_ENTRIES)
            current.entries += result
            is_reversal = entry.text("RvslInd") in _TRUE
            current.turned += _entries(entry, current, entries, _TURNED) if is_reversal else result
        elif within in _FORMATS or within == "GrpHdr":
            _head(name, _Node(element), current)


def _head(name: str, node: _Node, current: _Open) -> None:
    match name:
        case "Acct":
            current.account = node.text("Id/IBAN", "Id/Othr/Id", "Id/PrtryAcct/Id", "Id/BBAN")
            current.owner = node.text("Ownr/Nm", "Ownr/Pty/Nm")
            current.currency = node.text("Ccy")
        case "CreDtTm":
            current.made_on = _date(node.element.text) or current.made_on
        case "Bal":
            code = node.text("Tp/CdOrPrtry/Cd", "Tp/CdOrPrtry/Prtry", "Tp/Cd")
            amount = _amount(node, "Amt", _MARKS.get(node.text("CdtDbtInd") or ""))
            if code and amount and code not in current.balances:
                current.balances[code] = amount


def _closed(current: _Open, format: str) -> Statement:
    opening, opens_in = _balance(current, "OPBD", "PRCD")
    closing, closes_in = _balance(current, "CLBD")
    entry_currency = current.entries[0].currency if current.entries else None
    currency = current.currency or opens_in or closes_in or entry_currency
    comparable = opens_in == closes_in == currency
    checked, turned = (
        statement(
            format=format,
            account=current.account,
            currency=currency,
            opening=opening,
            closing=closing if comparable or opening is None else None,
            entries=entries,
        )
        for entries in (current.entries, current.turned)
    )
    is_turned = checked.balanced is False and turned.balanced
    return replace(turned if is_turned else checked, closing=closing)


def _balance(current: _Open, *codes: str) -> tuple[Decimal | None, str | None]:
    for code in codes:
        if code in current.balances:
            return current.balances[code]
    return None, None


def _entries(
    node: _Node, current: _Open, number: int, marks: Mapping[str, int] = _MARKS
) -> list[Entry]:
    if (node.text("Sts/Cd", "Sts") or "BOOK") in _NOT_BOOKED:
        return []
    sign = marks.get(node.text("CdtDbtInd") or "")
    if sign is None:  # money is never in by default
        raise EntryIncomplete(entry=number, missing="direction (CdtDbtInd)")
    whole = _amount(node, "Amt", sign)
    if whole is None:
        raise EntryIncomplete(entry=number, missing="amount (Amt)")
    booked_on = (
        _date(node.text("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")) or current.made_on
    )
    if booked_on is None or not is_kept(booked_on):
        raise EntryIncomplete(entry=number, missing="date (BookgDt)")
    parts = node.nodes("NtryDtls/TxDtls")
    if len(parts) > MAX_ENTRIES:
        raise TooManyEntries(limit=MAX_ENTRIES)
    existing: list[Decimal] = []
    for part in parts:
        mark = part.text("CdtDbtInd")  # a part without one goes the way of the whole
        amount = _part_amount(part, whole, marks.get(mark) if mark else sign)
        if amount is not None:
            existing.append(amount)
    if len(parts) > 1 and len(existing) == len(parts) and sum(existing) == whole[0]:
        together = Collective(whole[0], _reference(node), len(parts))
        entries: list[Entry] = []
        for place, (part, amount) in enumerate(zip(parts, existing, strict=True), 1):
            entry = _entry(current, node, part, booked_on, (amount, whole[1]), f"/{place}")
            entries.append(replace(entry, part_of=together))
        return entries
    only = parts[0] if len(parts) == 1 else None
    entry = _entry(current, node, only, booked_on, whole, "", parts)
    return [replace(entry, transfers=_transfers(node, len(parts)))]


def _transfers(entry: _Node, parts: int) -> int | None:
    """How many transfers a collective entry says that it stands for; None where it is none."""
    told = 0
    for text in entry.texts("NtryDtls/Btch/NbOfTxs"):
        if _COUNT.fullmatch(text.strip()):
            told += int(text)
    count = told or parts
    return count if count > 1 else None


def _entry(
    ours: _Open,
    entry: _Node,
    part: _Node | None,
    booked_on: date,
    amount: tuple[Decimal, str | None],
    place: str,
    parts: list[_Node] | None = None,
) -> Entry:
    """One entry; ``place`` tells the parts of a collective one apart, whose reference
    they share.
    """
    title = _remittance([part] if part else parts or [])
    whole_reference = _reference(entry)
    own_reference = (
        meaningful(part.text("Refs/AcctSvcrRef", "Refs/TxId", "Refs/InstrId")) if part else None
    )
    shared = f"{whole_reference}{place}" if whole_reference else None
    name, account = _party(part, entry, amount[0] >= 0, ours) if part else (None, None)
    return Entry(
        booked_on=booked_on,
        amount=amount[0],
        currency=amount[1],
        title=title or entry.text("AddtlNtryInf") or "",
        counterparty=name,
        counterparty_account=compact(account),
        reference=(own_reference or shared) if place else (shared or own_reference),
        end_to_end=meaningful(part.text("Refs/EndToEndId")) if part else None,
    )


def _reference(entry: _Node) -> str | None:
    """The bank's reference of a booking, the same in every file that tells of it.

    That is ``AcctSvcrRef``. ``NtryRef`` is unique within its file at most: many banks count the
    lines there, Swiss ones name the account that was paid to. It stands in where it can be neither.
    """
    given = meaningful(entry.text("AcctSvcrRef"))
    own = meaningful(entry.text("NtryRef"))
    is_telling = (
        own is not None and len((compact(own) or "").lstrip("0")) >= _SHORTEST and not is_iban(own)
    )
    return given or (own if is_telling else None)


def _remittance(parts: list[_Node]) -> str:
    """What the payer wrote: unstructured lines, then invoice numbers and references of structured
    ones.
    """
    pieces: list[str] = []
    for part in parts:
        pieces.append(joined(part.texts("RmtInf/Ustrd")))
        for structured in part.nodes("RmtInf/Strd"):
            pieces += structured.texts("RfrdDocInf/Nb")
            pieces += structured.texts("CdtrRefInf/Ref")
            pieces += structured.texts("AddtlRmtInf")
        if not any(pieces):
            pieces.append(part.text("AddtlTxInf") or "")
    return " ".join(" ".join(pieces).split())


def _party(part: _Node, entry: _Node, money_in: bool, ours: _Open) -> tuple[str | None, str | None]:
    """Who stands on the other side: the debtor of money in, the creditor of money out.

    What comes back names the two as they stood when it went; ourselves we are never.
    """
    near, far = ("Dbtr", "Cdtr") if money_in else ("Cdtr", "Dbtr")
    first = _side(part, near)
    is_us = _is_us(first, ours)
    if not is_us and not _is_return(part, entry):
        return first
    second = _side(part, far)
    if any(second) and not _is_us(second, ours):
        return second
    return (None, None) if is_us else first


def _is_return(part: _Node, entry: _Node) -> bool:
    return entry.text("RvslInd") in _TRUE or part.node("RtrInf") is not None


def _is_us(side: tuple[str | None, str | None], ours: _Open) -> bool:
    name, account = side
    if account:
        return account_key(account) == account_key(ours.account)
    return bool(name and ours.owner) and fold(name or "") == fold(ours.owner or "")


def _side(part: _Node, side: str) -> tuple[str | None, str | None]:
    name = part.text(
        f"RltdPties/{side}/Nm",
        f"RltdPties/{side}/Pty/Nm",
        f"RltdPties/{side}/Agt/FinInstnId/Nm",
        f"RltdPties/Ultmt{side}/Nm",
        f"RltdPties/Ultmt{side}/Pty/Nm",
    )
    account = f"RltdPties/{side}Acct/Id"
    return name, part.text(
        f"{account}/IBAN", f"{account}/Othr/Id", f"{account}/BBAN", f"{account}/PrtryAcct/Id"
    )


def _part_amount(
    part: _Node, whole: tuple[Decimal, str | None], sign: int | None
) -> Decimal | None:
    """What one part of a collective entry brings, signed, when its currency is the entry's."""
    for path in ("Amt", "AmtDtls/TxAmt/Amt"):
        amount = _amount(part, path, sign)
        if amount and amount[1] == whole[1]:
            return amount[0]
    return None


def _amount(node: _Node, path: str, sign: int | None) -> tuple[Decimal, str | None] | None:
    """The amount and its currency; nothing where its direction is not known."""
    result = node.node(path)
    text = result.element.text if result else None
    if sign is None or result is None or not text or not _AMOUNT.fullmatch(text):
        return None
    try:
        amount = Decimal(text.strip())
    except InvalidOperation:
        return None
    return sign * amount, result.element.get("Ccy")


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
