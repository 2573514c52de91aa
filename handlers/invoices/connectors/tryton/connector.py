"""The connector of Tryton: invoices, instalments and payments by its HTTP interface; it only ever
reads.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar

from bot.kit.proxies import DIRECT, Proxies
from handlers.invoices.connectors.http import Server
from handlers.invoices.connectors.problems import MayNotRead, Unintelligible
from handlers.invoices.connectors.protocol import Capabilities, Page, SourceInvoice
from handlers.invoices.connectors.tryton import rows as reading
from handlers.invoices.connectors.tryton.fields import (
    FIELDS,
    INVOICE,
    KEPT_REPORT,
    WHERE_TO_WRITE,
    check,
)
from handlers.invoices.connectors.tryton.settings import Settings
from handlers.invoices.connectors.tryton.wire import JsonRpc, Rest, Row, Wire, moment

PAGE = 100  # invoices; with their lines about 200 KB
_IDS = 200  # in one address


class Tryton:
    """A :class:`~handlers.invoices.connectors.protocol.Connector` to one database of a Tryton
    server.
    """

    name: ClassVar[str] = "tryton"
    title: ClassVar[str] = "Tryton"
    capabilities: ClassVar[Capabilities] = Capabilities(
        has_due_date=True,
        has_payments=True,
        has_pdf=True,
        directions=frozenset({"receivable", "payable"}),
    )

    def __init__(self, wire: Wire, page: int = PAGE) -> None:
        self._wire = wire
        self._page = page

    @classmethod
    def by_key(cls, url: str, key: str, page: int = PAGE, proxies: Proxies = DIRECT) -> "Tryton":
        """By REST, with the key of a user application (Tryton 8.0 and later). ``url`` ends in the
        database's name.
        """
        server = Server(cls.title, url.rstrip("/"), "ZAPLECZE_TRYTON_KEY", proxies=proxies)
        return cls(Rest(server, key), page)

    @classmethod
    def by_password(
        cls, url: str, user: str, password: str, page: int = PAGE, proxies: Proxies = DIRECT
    ) -> "Tryton":
        """By JSON-RPC, with a user's password: for older series."""
        server = Server(cls.title, url.rstrip("/"), "ZAPLECZE_TRYTON_PASSWORD", proxies=proxies)
        return cls(JsonRpc(server, user, password), page)

    def changed(self, since: datetime | None, after: str | None = None) -> Page:
        """See the protocol. Payments, moved due dates and renamed parties count as changes of the
        invoice.
        """
        domain: list[object] = [["id", ">", int(after or 0)]]
        if since is not None:
            domain.append(_changed_after(since))
        rows, at = self._wire.rows(INVOICE, domain, FIELDS, self._page)
        last = str(rows[-1]["id"]) if len(rows) == self._page else None
        return Page(tuple(self._invoices(rows)), last, at)

    def by_number(self, number: str) -> Sequence[SourceInvoice]:
        """See the protocol. A supplier's invoice goes by the supplier's own number."""
        ours = [["type", "=", "out"], ["number", "=", number]]
        theirs = [["type", "=", "in"], ["reference", "=", number]]
        rows, _ = self._wire.rows(INVOICE, ["OR", ours, theirs], FIELDS, self._page)
        return tuple(self._invoices(rows))

    def pdf(self, reference: str) -> bytes | None:
        """See the protocol: the report that Tryton has kept. To have one made is to have it written
        there.
        """
        if not reference.isdecimal():
            return None  # an entry of the books, which has no picture
        rows, _ = self._wire.rows(INVOICE, [["id", "=", int(reference)]], (KEPT_REPORT,), 1)
        if rows and KEPT_REPORT not in rows[0]:
            raise MayNotRead(source=self.title, what=f"{INVOICE}.{KEPT_REPORT}")
        kept = rows[0][KEPT_REPORT] if rows else None
        return kept if isinstance(kept, bytes) and kept.startswith(b"%PDF-") else None

    def _invoices(self, rows: Sequence[Row]) -> Iterable[SourceInvoice]:
        for row in rows:
            check(row)
        try:
            corrections, customers = self._corrections(rows), self._customers(rows)
            invoices: list[SourceInvoice] = []
            for row in rows:
                corrected_by = corrections.get(row["id"], frozenset())
                customer = customers.get(row["party"]["id"], {})
                invoices.extend(reading.invoices_of(row, corrected_by, customer))
            return invoices
        except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as fault:
            raise Unintelligible(
                source=self.title, host=INVOICE, what=type(fault).__name__
            ) from fault

    def _corrections(self, rows: Sequence[Row]) -> dict[int, frozenset[int]]:
        """For each row, which of the invoices that settle it correct it, or are corrected by it."""
        settling: dict[int, set[int]] = {}
        origins: dict[int, frozenset[int]] = {}
        for row in rows:
            settling[row["id"]] = reading.other_invoices(row)
            origins[row["id"]] = _origins(row)
        wanted = sorted(set().union(*settling.values()) - origins.keys())
        for start in range(0, len(wanted), _IDS):
            ids = wanted[start : start + _IDS]
            result, _ = self._wire.rows(
                INVOICE, [["id", "in", ids]], ("origin_invoices.number",), len(ids)
            )
            for row in result:
                origins[row["id"]] = _origins(row)
        corrections: dict[int, frozenset[int]] = {}
        for id_, others in settling.items():
            correcting = {other for other in others if id_ in origins.get(other, ())}
            corrections[id_] = frozenset(correcting | others & origins[id_])
        return corrections

    def _customers(self, rows: Sequence[Row]) -> dict[int, Row]:
        """Where the customers of these invoices are written to, all in one request. Without the
        right to read it their invoices are told nevertheless.

        Each is asked by an invoice of theirs: a party's language is kept by company, and the
        invoice tells which.
        """
        one_of_each = {row["party"]["id"]: row["id"] for row in rows if row["type"] == "out"}
        ids = sorted(one_of_each.values())
        if not ids:
            return {}
        try:
            result, _ = self._wire.rows(INVOICE, [["id", "in", ids]], WHERE_TO_WRITE, len(ids))
        except MayNotRead:
            return {}
        return {row["party"]["id"]: row["party"] for row in result if row.get("party")}


def connected(settings: Settings, proxies: Proxies) -> Tryton:
    """By key where there is one, else by user and password. Raises Incomplete and BadAddress."""
    settings.check()
    if key := settings.key.get_secret_value():
        return Tryton.by_key(settings.url, key, proxies=proxies)
    password = settings.password.get_secret_value()
    return Tryton.by_password(settings.url, settings.user, password, proxies=proxies)


def _changed_after(since: datetime) -> list[object]:
    """Changed itself, or a line of its books (a due date, a reconciliation), or the party (its
    name).
    """
    after = moment(since)
    return [
        "OR",
        ["write_date", ">", after],
        [["write_date", "=", None], ["create_date", ">", after]],
        ["move.lines.write_date", ">", after],
        ["additional_moves.lines.write_date", ">", after],
        ["party.write_date", ">", after],
    ]


def _origins(row: Row) -> frozenset[int]:
    return frozenset(item["id"] for item in row.get("origin_invoices") or ())
