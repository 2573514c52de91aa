"""An office that does not exist: its invoices, half of them paid long ago, and transfers as people
type them.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from handlers.ledger.model.matching.values import Direction, MatchingItem
from handlers.ledger.statements.values import Entry

SERIES = (
    "FV/{y}/{m:02d}/{n:04d}",
    "{n}/{m:02d}/{y}",
    "FVS/{n}/{y}",
    "E-KELE-{y}-{n}",
    "INV-{y}-{n:05d}",
    "{y}/{n:05d}",
    "F{y}{n:05d}",
)
_BEFORE = (
    "",
    "",
    "FV ",
    "fv nr ",
    "Faktura ",
    "za fakturę nr ",
    "faktura VAT ",
    "zaplata za ",
    "számla ",
    "invoice ",
)
_BEHIND = (
    "",
    "",
    "",
    " z dnia {d}",
    " z {d}",
    " dziękuję",
    " usługi {m:02d}/{y}",
    " termin {d}",
    ", kwota {a} zł",
    " számla",
)
_NOISE = (
    "umowa {n}/{y}",
    "zamówienie {n}/{m:02d}/{y}",
    "czynsz {m:02d}/{y}",
    "rata 3",
    "tel. 601 202 303",
    "szerződés {n}/{y}",
    "order {n}",
    "wpłata",
    "12 szt.",
    "NIP 5261040828",
    "za okres 01.{m:02d}.{y}-30.{m:02d}.{y}",
)
_JOINTS = (", ", " i ", " oraz ", "; ", " + ", " ", " és ", " and ", ",")


@dataclass(frozen=True)
class Payment:
    entry: Entry
    meant: frozenset[str]
    """The ids of the invoices that the payer means, paid already or not."""


def settled(item: MatchingItem) -> MatchingItem:
    return replace(item, outstanding=Decimal(0))


class Office:
    """``open_items`` wait for money, ``known`` has the ones that were paid before too, with nothing
    left.

    With ``prices`` most invoices are over one of two prices, as subscriptions are, so that the
    amount says little.
    """

    def __init__(
        self, random: Random, *, customers: int = 40, invoices: int = 500, prices: bool = True
    ) -> None:
        self.random, self.prices = random, prices
        self.customers = [self._customer(n) for n in range(customers)]
        everything = [self._invoice(n) for n in range(invoices)]
        numbers = {item.number: item for item in everything}
        self.all = list(numbers.values())
        self.open_items = [item for item in self.all if random.random() < 0.5]
        self.open_ids = {item.invoice_id for item in self.open_items}
        self.known = [
            item if item.invoice_id in self.open_ids else settled(item) for item in self.all
        ]

    def _customer(self, n: int) -> tuple[str, str, str]:
        first = ("Alfa", "Beta", "Kowalski", "Nowak", "Duna", "Zielona", "Bartex", "Szabó")[n % 8]
        second = ("Transport", "Handel", "Bud", "Serwis", "Logistic")[n % 5]
        form = ("Sp. z o.o.", "S.A.", "Kft.", "")[n % 4]
        return f"c{n}", f"{first} {second} {form}".strip(), f"PL{n:026d}"

    def _invoice(self, n: int) -> MatchingItem:
        who, name, account = self.random.choice(self.customers)
        year, month = self.random.choice((2025, 2026)), self.random.randint(1, 12)
        pattern = self.random.choice(SERIES)
        number = pattern.format(
            y=year, m=month, n=self.random.choice((n, self.random.randint(1, 40)))
        )
        amount = Decimal(self.random.randint(100, 999_999)) / 100
        if self.prices and self.random.random() < 0.6:
            amount = self.random.choice((Decimal("123.00"), Decimal("246.00")))
        knows_account = self.random.random() < 0.7
        due = date(year, month, 1) + timedelta(days=30)
        return MatchingItem(
            number,
            f"i{n}",
            who,
            (name,),
            (account,) if knows_account else (),
            "PLN",
            amount,
            due,
            Direction.RECEIVABLE,
        )

    def payment(self) -> Payment:
        """One transfer; now and then with a slip of the pen, for an invoice that is paid, or for
        none at all.
        """
        random = self.random
        if random.random() < 0.1:
            return self._stray()
        first = random.choice(self.all)
        same = [
            item for item in self.all if item.customer_id == first.customer_id and item is not first
        ]
        meant = [first, *random.sample(same, min(len(same), random.choice((0, 0, 0, 1, 2))))]
        who = next(c for c in self.customers if c[0] == first.customer_id)
        if random.random() < 0.05:
            who = random.choice(self.customers)
        amount = sum((item.outstanding for item in meant), Decimal(0))
        amount = random.choice((amount, amount, amount, amount / 2, amount + 1)).quantize(
            Decimal("0.01")
        )
        return Payment(
            self._entry(self._title(meant, amount), who, amount),
            frozenset(i.invoice_id for i in meant),
        )

    def _stray(self) -> Payment:
        who = self.random.choice(self.customers)
        amount = self.random.choice(self.all).outstanding
        return Payment(self._entry(self._noise(), who, amount), frozenset())

    def _entry(self, title: str, who: tuple[str, str, str], amount: Decimal) -> Entry:
        name = self.random.choice(
            (who[1], who[1].upper(), f"{who[1].upper()} UL. DŁUGA 5 30-001 KRAKÓW", None)
        )
        account = who[2] if self.random.random() < 0.6 else None
        return Entry(date(2026, 11, 22), amount, "PLN", title, name, account)

    def _title(self, meant: list[MatchingItem], amount: Decimal) -> str:
        written = self.random.choice(_JOINTS).join(self._written(item.number) for item in meant)
        if self.random.random() < 0.25:
            written = (
                f"{written} {self._noise()}"
                if self.random.random() < 0.5
                else f"{self._noise()} {written}"
            )
        return (
            self.random.choice(_BEFORE)
            + written
            + self._filled(self.random.choice(_BEHIND), amount)
        )

    def _noise(self) -> str:
        return self._filled(self.random.choice(_NOISE), Decimal(0))

    def _filled(self, pattern: str, amount: Decimal) -> str:
        day = f"{self.random.randint(1, 28):02d}.{self.random.randint(1, 12):02d}.2026"
        number, month = self.random.randint(1, 40), self.random.randint(1, 12)
        return pattern.format(d=day, m=month, y=2026, n=number, a=str(amount).replace(".", ","))

    def _written(self, number: str) -> str:
        """The number as somebody types it; one in thirty with one digit wrong."""
        random = self.random
        if random.random() < 0.03:
            at = random.choice([i for i, sign in enumerate(number) if sign.isdigit()])
            number = number[:at] + random.choice("0123456789") + number[at + 1 :]
        changes = (
            lambda text: text,
            lambda text: text,
            str.lower,
            lambda text: text.replace("/", "-"),
            lambda text: text.replace("/", " ").replace("-", " "),
            lambda text: text.replace("/0", "/").replace("-0", "-"),
            lambda text: text.replace("2026", "26"),
            lambda text: text.replace("/2026", "").replace("2026/", ""),
            lambda text: text.lstrip("FVSINEKL-/"),
            lambda text: text.replace("/", "").replace("-", ""),
            lambda text: text.replace("0", "O"),
            lambda text: text.replace("/", " / "),
        )
        return random.choice(changes)(number)
