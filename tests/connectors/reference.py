"""The reference connector: a source in memory, the smallest that keeps every promise of the
protocol.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.kit.errors import Problem
from handlers.invoices.connectors.protocol import Capabilities, Page, Payment, SourceInvoice
from handlers.invoices.formats.document import Instalment, InvoiceDocument, Party

START = datetime(2026, 11, 23, 7, tzinfo=UTC)
TODAY = date(2026, 11, 23)
ALL = Capabilities(True, True, True, frozenset({"receivable", "payable"}))


@dataclass
class Books:
    """A connector and the books behind it; each deed takes a second of its clock."""

    name: str = "reference"
    title: str = "Reference"
    capabilities: Capabilities = ALL
    size: int = 1  # of a page
    now: datetime = START
    records: dict[str, tuple[datetime, SourceInvoice]] = field(default_factory=dict)
    refusal: Problem | None = None
    asked: int = 0
    picture: bytes | None = b"%PDF-1.7"

    @property
    def connector(self) -> "Books":
        return self

    def changed(self, since: datetime | None, after: str | None = None) -> Page:
        self.asked += 1
        if self.refusal:
            raise self.refusal
        ripe = [r for r, (at, _) in sorted(self.records.items()) if since is None or at > since]
        rest = [reference for reference in ripe if after is None or reference > after]
        page = tuple(self.records[reference][1] for reference in rest[: self.size])
        return Page(page, rest[self.size - 1] if len(rest) > self.size else None, self.now)

    def by_number(self, number: str) -> Sequence[SourceInvoice]:
        if self.refusal:
            raise self.refusal
        return tuple(
            invoice for _, invoice in self.records.values() if invoice.document.number == number
        )

    def pdf(self, reference: str) -> bytes | None:
        if self.refusal:
            raise self.refusal
        return self.picture if reference in self.records else None

    def posts(self, amount: str, days: Sequence[int] = (14,)) -> str:
        number = f"R/{len(self.records) + 1:04}"
        return self.tells_of(self.document(number, amount, days))

    def drafts(self, amount: str) -> None:
        self._keep(
            SourceInvoice(
                self._next(),
                "receivable",
                True,
                self.document("", amount, (14,))._replace(number=None),
            )
        )

    def books(self, number: str, amount: str, days_ago: int = 0) -> None:
        invoice = self._found(number)
        money = Payment(
            f"p{len(invoice.payments)}", Decimal(amount), TODAY - timedelta(days=days_ago)
        )
        self._keep(replace(invoice, payments=(*invoice.payments, money)))

    def takes_back(self, number: str) -> None:
        self._keep(replace(self._found(number), payments=()))

    def document(self, number: str, amount: str, days: Sequence[int]) -> InvoiceDocument:
        total = Decimal(amount)
        due = tuple(Instalment(TODAY + timedelta(days=day), total / len(days)) for day in days)
        return InvoiceDocument(
            format="reference",
            kind="invoice",
            number=number,
            issued_on=TODAY,
            currency="EUR",
            total=total,
            to_pay=total,
            seller=Party("Zaplecze"),
            buyer=Party("Globex GmbH", country="DE"),
            instalments=due,
        )

    def tells_of(self, document: InvoiceDocument, direction: str = "receivable") -> str:
        """A document as it is; its number."""
        is_ours = direction == "receivable"
        self._keep(
            SourceInvoice(self._next(), "receivable" if is_ours else "payable", False, document)
        )
        return document.number or ""

    def changes(self, number: str, **facts: object) -> None:
        """Other facts of a document."""
        invoice = self._found(number)
        self._keep(replace(invoice, document=invoice.document._replace(**facts)))  # type: ignore[arg-type]

    def loses(self, number: str) -> None:
        del self.records[self._found(number).reference]

    def hides_the_change_of(self, number: str) -> None:
        """The change was dated by a transaction that began long before it was seen."""
        invoice = self._found(number)
        self.records[invoice.reference] = (START - timedelta(days=9), invoice)

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    def _found(self, number: str) -> SourceInvoice:
        return next(
            invoice for _, invoice in self.records.values() if invoice.document.number == number
        )

    def _next(self) -> str:
        return f"{len(self.records) + 1:06}"

    def _keep(self, invoice: SourceInvoice) -> None:
        self.later(seconds=1)
        self.records[invoice.reference] = (self.now, invoice)
