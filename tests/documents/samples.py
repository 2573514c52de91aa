"""Facts of fictional companies and people: for each document kind a function of its name."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.kit.money import Money
from bot.kit.pdf import Mark
from handlers.documents.kinds import kind
from handlers.documents.kinds.account_statement import AccountStatement
from handlers.documents.kinds.balance_confirmation import BalanceConfirmation
from handlers.documents.kinds.earnings_certificate import Deduction, Pay
from handlers.documents.kinds.interest_note import Compensation, InterestLine, InterestNote
from handlers.documents.kinds.invoice_copy import InvoiceCopy, VatSum
from handlers.documents.kinds.parts.debts import PrintedItem
from handlers.documents.kinds.parts.invoice_lines import InvoiceLine
from handlers.documents.kinds.parts.letters import EarlierLetter
from handlers.documents.kinds.parts.movements import Movement, Movements
from handlers.documents.kinds.parts.parties import Account, Company, Party
from handlers.documents.kinds.payment_reminder import PaymentReminder
from handlers.documents.kinds.ticket_transcript import Message, TicketTranscript
from handlers.ledger.model.instalments import Instalment

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
        Account(
            currency="PLN", number="PL61109010140000071219812874", bank="Bank Przykładowy S.A."
        ),
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


def sample(key: str) -> object:
    """Facts for a kind, all of them known."""
    facts = globals().get(key)
    if facts is None:
        pytest.fail(f"{key} has no sample: write a function {key}() in tests/documents/samples.py.")
    return facts()


def open_item(n: int, currency: str = "PLN") -> PrintedItem:
    issued_on = date(2026, 1, 5) + timedelta(days=n * 13 % 320)
    due_on = issued_on + timedelta(days=30)
    amount = Money(1_234_567 + n * 98_765 % 9_000_000, currency)
    paid = Money(amount.minor // 3 if n % 3 == 0 else 0, currency)
    return PrintedItem(
        number=f"FV/2026/{n:04}",
        instalment=Instalment(2, 3) if n == 2 else None,
        issued_on=issued_on,
        due_on=due_on,
        overdue_days=max((TODAY - due_on).days, 0),
        amount=amount,
        paid=paid,
        outstanding=amount - paid,
    )


def account_statement(
    rows: int = 8, currencies: tuple[str, ...] = ("PLN", "EUR")
) -> AccountStatement:
    return AccountStatement(
        creditor=US,
        debtor=THEM,
        as_of=TODAY,
        items=tuple(open_item(n, currency) for currency in currencies for n in range(1, rows + 1)),
        payments_known_until=date(2026, 11, 20),
    )


def movements(rows: int, currency: str) -> Movements:
    """An account that a document and a payment move by turns, a day after the other."""
    causes = ("document", "payment", "correction", "write_off", "settlement")
    return Movements(
        since=TODAY - timedelta(days=rows),
        opening=Money(1_234_567, currency),
        lines=tuple(
            Movement(
                on=TODAY - timedelta(days=rows - n),
                cause=causes[n % len(causes)],
                number=f"FV/2026/{n:06d}/SZCZEBRZESZYN",
                amount=Money((-1) ** n * 98_765_432_10, currency),
            )
            for n in range(rows)
        ),
    )


def demand_facts() -> dict[str, object]:
    return {
        "creditor": US,
        "debtor": THEM,
        "as_of": TODAY,
        "items": (*(open_item(n) for n in (1, 2, 3, 5)), open_item(6, "EUR")),
        "pay_by": date(2026, 11, 30),
        "signatory": "Wojciech Dąbrowski",
        "signatory_role": "dyrektor finansowy",
        "contract": "Umowa ramowa nr 7/2025 z 3 marca 2025",
        "interest": (Money(54_321, "PLN"), Money(1_234, "EUR")),
        "compensation": (Money(8_542, "PLN"),),
        "earlier_letters": (
            EarlierLetter(kind="payment_reminder", on=date(2026, 10, 12)),
            EarlierLetter(kind="payment_demand", on=date(2026, 11, 3)),
        ),
        "reference": "",
    }


def payment_demand() -> object:
    return kind("payment_demand").gather(demand_facts())


def final_demand() -> object:
    return kind("final_demand").gather(demand_facts())


def payment_reminder(items: tuple[PrintedItem, ...] | None = None) -> PaymentReminder:
    return PaymentReminder(
        creditor=US,
        debtor=THEM,
        as_of=TODAY,
        items=items or tuple(open_item(n) for n in (1, 2)),
        signatory="Wojciech Dąbrowski",
    )


def balance_confirmation() -> BalanceConfirmation:
    return BalanceConfirmation(
        creditor=US,
        debtor=THEM,
        as_of=date(2026, 10, 31),
        issued_on=TODAY,
        items=tuple(open_item(n) for n in range(1, 6)),
        interest=(Money(54_321, "PLN"),),
        reply_by=date(2026, 12, 10),
        signatory="Wojciech Dąbrowski",
        signatory_role="dyrektor finansowy",
    )


def interest_note() -> InterestNote:
    first = InterestLine(
        number="FV/2026/0512",
        amount=Money.of("10000", "PLN"),
        due_on=date(2026, 5, 15),
        first_day=date(2026, 5, 16),
        last_day=date(2026, 6, 30),
        days=46,
        rate=Decimal("14"),
        interest=Money.of("176.44", "PLN"),
        instalment=Instalment(1, 2),
    )
    second = replace(
        first,
        first_day=date(2026, 7, 1),
        last_day=date(2026, 11, 20),
        days=143,
        rate=Decimal("13.75"),
        interest=Money.of("538.70", "PLN"),
    )
    return InterestNote(
        number="NO/2026/11/003",
        creditor=US,
        debtor=THEM,
        issued_on=TODAY,
        pay_by=date(2026, 12, 6),
        lines=(first, second),
        compensation=(
            Compensation(
                number="FV/2026/0512",
                instalment=Instalment(1, 2),
                amount=Money.of("298.55", "PLN"),
                euro=70,
                converted_on=date(2026, 8, 31),
                exchange_rate=Decimal("4.2650"),
            ),
        ),
        signatory="Wojciech Dąbrowski",
        signatory_role="główny księgowy",
    )


def invoice_copy() -> InvoiceCopy:
    return InvoiceCopy(
        number="FV/2026/11/0042",
        issued_on=date(2026, 11, 4),
        sold_on=date(2026, 11, 3),
        due_on=(date(2026, 12, 4),),
        seller=US,
        buyer=THEM,
        lines=(
            InvoiceLine(
                name="Kawa ziarnista „Gdańska”, palona, 1 kg",
                quantity=Decimal("120"),
                unit="szt.",
                unit_price=Decimal("64.50"),
                vat_rate="23%",
                net=Money.of("7740", "PLN"),
            ),
            InvoiceLine(
                name=(
                    "Transport na paletach do Őriszentpéter z ubezpieczeniem i awizacją dostawy na "
                    "dzień wcześniej"
                ),
                quantity=Decimal("1.5"),
                unit="dzień",
                unit_price=Decimal("412.3375"),
                vat_rate="8%",
                net=Money.of("618.51", "PLN"),
            ),
        ),
        vat=(
            VatSum(rate="23%", net=Money.of("7740", "PLN"), vat=Money.of("1780.20", "PLN")),
            VatSum(rate="8%", net=Money.of("618.51", "PLN"), vat=Money.of("49.48", "PLN")),
        ),
        total=Money.of("10188.19", "PLN"),
        payment_method="przelew",
        account="PL61109010140000071219812874",
        notes=("Towar pozostaje własnością sprzedawcy do czasu zapłaty. Dziękujemy 🙏",),
        ksef_number="5261040828-20261104-9A1B2C3D4E5F-7C",
        ksef_link="https://qr.ksef.mf.gov.pl/invoice/5261040828/04-11-2026/UtQp9Gpc51y-u3xApZjIjgkpZ01js-J8KflSPW8WzIE",
    )


HUNGARIAN_EMPLOYER = Company(
    name="Tűzhely és Társai Kft.",
    address=("Fő utca 12.", "9700 Szombathely"),
    tax_id="12892312-2-18",
    country="HU",
    registrations=("Cégjegyzékszám: 18-09-123456",),
    phone="+36 94 123 456",
    place="Szombathely",
)


def employment(employer: Company = US) -> dict[str, object]:
    polish = {
        "national_id": "PESEL 90010112345",
        "name": "Małgorzata Źdźbłowska-Łącka",
        "position": "starsza księgowa",
    }
    hungarian = {
        "name": "Szűcsné Őry Ágnes",
        "birth_name": "Őry Ágnes",
        "birth_place": "Kőszeg",
        "born_on": date(1990, 1, 1),
        "mothers_name": "Győri Ildikó",
        "address": ("9730 Kőszeg", "Rákóczi utca 5."),
        "tax_id": "8412345678",
        "position": "főkönyvelő",
        "employer_activity": "Számviteli szolgáltatás",
        "contact_phone": "+36 94 123 456",
    }
    return {
        "employer": employer,
        "issued_on": TODAY,
        "contract": "employment",
        "duration": "indefinite",
        "started_on": date(2019, 4, 1),
        "working_time": "1",
        "on_trial": False,
        "under_notice": False,
        "purpose": "kredyt mieszkaniowy w banku",
        "signatory": "Wojciech Dąbrowski",
        "signatory_role": "HR",
        **(polish if employer.country == "PL" else hungarian),
    }


def earnings(employer: Company = US) -> dict[str, object]:
    currency = "PLN" if employer.country == "PL" else "HUF"
    scale = 1 if currency == "PLN" else 90
    months = tuple(
        Pay(
            month=date(2026, n, 1),
            gross=Money.of(9_400 * scale, currency),
            net=Money.of(6_700 * scale + n, currency),
        )
        for n in (8, 9, 10)
    )
    return {
        **employment(employer),
        "base_pay": Money.of(9_400 * scale, currency),
        "months": months,
        "deductions": ()
        if currency == "PLN"
        else (Deduction(title="munkáltatói kölcsön", amount=Money.of(25_000, "HUF")),),
    }


def employment_certificate() -> object:
    return kind("employment_certificate").gather(employment())


def earnings_certificate() -> object:
    return kind("earnings_certificate").gather(earnings())


def ticket_transcript() -> TicketTranscript:
    warsaw = ZoneInfo("Europe/Warsaw")
    return TicketTranscript(
        company=US,
        number="BO-128",
        title="Brak etykiet na wysyłkę 🚚 do Węgier",
        requester="Kasia 🌸 Nowak",
        department="Magazyn",
        status="rozwiązane",
        opened_at=datetime(2026, 11, 20, 9, 5, tzinfo=warsaw),
        closed_at=datetime(2026, 11, 21, 14, 30, tzinfo=warsaw),
        answers=(("Adres dostawy", "Kossuth Lajos tér 5., Őriszentpéter"), ("Pilność", "wysoka")),
        messages=(
            Message(
                at=datetime(2026, 11, 20, 9, 5, tzinfo=warsaw),
                author="Kasia 🌸 Nowak",
                text=(
                    "Cześć! Drukarka <b>nie drukuje</b> etykiet & klient czeka.\n\nNr listu: "
                    "1Z999\nשלום"
                ),
            ),
            Message(
                at=datetime(2026, 11, 20, 9, 12, tzinfo=warsaw),
                author="Gergő Szűcs",
                text="Köszi, ránézek 👍🏽",
                files=("etykieta.pdf", "zdjęcie drukarki.jpg"),
            ),
        ),
    )
