"""Facts of fictional companies and people, for every document kind."""

from datetime import date, timedelta

from bot.kit.money import Money
from bot.kit.pdf import Mark
from handlers.documents.kinds._debts import OpenItem
from handlers.documents.kinds._parties import Account, Company, Party
from handlers.documents.kinds.account_statement import AccountStatement

TODAY = date(2026, 11, 22)
MARK = Mark("DOC-2026-00042", "1", TODAY, "Agnieszka Wróblewska", "Gergő Szűcs", "7F3K-9QXM-2WLT")

US = Company(
    name="Żółwik i Wspólnicy sp. z o.o.",
    address=("ul. Świętojańska 12/4", "81-372 Gdynia"),
    tax_id="5261040828",
    country="PL",
    registrations=("KRS 0000123456", "REGON 012345678"),
    email="rozliczenia@zolwik.example",
    phone="+48 58 123 45 67",
    accounts=(
        Account(currency="PLN", number="PL61109010140000071219812874", bank="Bank Przykładowy S.A."),
        Account(currency="EUR", number="PL27114020040000300201355387"),
    ),
    place="Gdynia",
)
THEM = Party(
    name="Őrségi Fűszerkereskedelmi és Gyümölcsfeldolgozó Kft.",
    address=("Kossuth Lajos tér 5.", "9941 Őriszentpéter", "Magyarország"),
    tax_id="HU12892312",
    country="HU",
)


def open_item(n: int, currency: str = "PLN") -> OpenItem:
    issued_on = date(2026, 1, 5) + timedelta(days=n * 13 % 320)
    due_on = issued_on + timedelta(days=30)
    amount = Money(1_234_567 + n * 98_765 % 9_000_000, currency)
    paid = Money(amount.minor // 3 if n % 3 == 0 else 0, currency)
    return OpenItem(
        number=f"FV/2026/{n:04}",
        issued_on=issued_on,
        due_on=due_on,
        overdue_days=max((TODAY - due_on).days, 0),
        amount=amount,
        paid=paid,
        outstanding=amount - paid,
    )


def account_statement(rows: int = 8, currencies: tuple[str, ...] = ("PLN", "EUR")) -> AccountStatement:
    return AccountStatement(
        creditor=US,
        debtor=THEM,
        as_of=TODAY,
        items=tuple(open_item(n, currency) for currency in currencies for n in range(1, rows + 1)),
        payments_known_until=date(2026, 11, 20),
    )
