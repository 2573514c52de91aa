"""The catalogue's value types: what a company changes in ``zaplecze.toml``, as one frozen value.

The attributes are the keys of the file. ``bot/catalogue.py`` reads it and names every mistake with its line.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["en", "pl", "hu"]
Priority = Literal["low", "normal", "high", "urgent"]
FieldKind = Literal["text", "choice", "date", "amount", "person", "customer", "invoice", "file"]
Direction = Literal["receivable", "payable"]
Audience = Literal["account_owner", "finance", "customer_channel", "payer"]
Assignment = Literal["manual", "round_robin", "least_loaded"]
Quorum = Literal["any", "all", "majority"]
Source = Literal["made", "archive", "agent"]

PRIORITIES: tuple[Priority, ...] = ("low", "normal", "high", "urgent")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Value(BaseModel):
    """A frozen part of the catalogue; a key that it does not know is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Label(Value):
    """A text in every language that we speak."""

    en: str
    pl: str
    hu: str

    def in_(self, language: str) -> str:
        """The text for a reader of ``language``; English for any other."""
        return {"pl": self.pl, "hu": self.hu}.get(language, self.en)


class Company(Value):
    """Who we are, as documents show it."""

    name: str = ""
    country: str = "PL"
    language: Language = "en"
    address: tuple[str, ...] = ()
    tax_numbers: tuple[str, ...] = ()
    """Our own, with the country's letters for those abroad: they tell receivables from payables."""
    registrations: Mapping[str, str] = {}
    accounts: Mapping[str, str] = {}
    """Currency to IBAN."""
    email: str = ""
    phone: str = ""
    place: str = ""
    """Where documents are issued (``Łódź, 22 November 2026``)."""


class Frame(Value):
    """A stretch of working time in a day, in minutes from midnight; ``closes`` is the first minute off."""

    opens: int
    closes: int


class Hours(Value):
    """The frames of each weekday."""

    monday: tuple[Frame, ...] = ()
    tuesday: tuple[Frame, ...] = ()
    wednesday: tuple[Frame, ...] = ()
    thursday: tuple[Frame, ...] = ()
    friday: tuple[Frame, ...] = ()
    saturday: tuple[Frame, ...] = ()
    sunday: tuple[Frame, ...] = ()
    working_saturday: tuple[Frame, ...] = ()
    """For a Saturday that the country declared a working day; Friday's when empty."""

    def on(self, weekday: int) -> tuple[Frame, ...]:
        """The frames of a weekday, 0 is Monday."""
        frames: tuple[Frame, ...] = getattr(self, WEEKDAYS[weekday])
        return frames


class Calendar(Value):
    """When somebody works: the country's holidays, the zone, the hours."""

    key: str
    country: str
    timezone: str
    hours: Hours
    closures: tuple[date, ...] = ()
    working_days: tuple[date, ...] = ()
    """Days worked in spite of a holiday or a weekend."""


class Absence(Value):
    """A person away, both days included."""

    person: str
    first_day: date
    last_day: date
    substitute: str = ""


class Department(Value):
    """A part of the back office with its queue."""

    key: str
    name: Label
    channel: str
    """The triage channel's name (``bo-it``) or id (``C…``)."""
    calendar: str
    language: Language
    lead: str = ""
    """A user id, an e-mail address or a handle."""
    user_group: str = ""
    private: bool = False
    finance: bool = False
    assignment: Assignment = "manual"
    default_type: str = ""
    absences: tuple[Absence, ...] = ()


class Option(Label):
    """One of a choice."""

    key: str


class Field(Value):
    """What a request type asks for."""

    key: str
    label: Label
    kind: FieldKind = "text"
    required: bool = False
    hint: Label | None = None
    options: tuple[Option, ...] = ()
    multiline: bool = False
    min: Decimal | date | None = None
    """The least amount, the first date; for a text its least length."""
    max: Decimal | date | None = None


class ApprovalStep(Value):
    """One step of a chain: steps go one after the other, the approvers of a step are asked together."""

    approvers: tuple[str, ...]
    """A person, ``lead`` (of the request's department), ``lead:DEPARTMENT`` or ``agents:DEPARTMENT``."""
    needs: Quorum = "any"
    substitute: str = ""


class Targets(Value):
    """Working time allowed for each priority; none where nothing is promised."""

    low: timedelta | None = None
    normal: timedelta | None = None
    high: timedelta | None = None
    urgent: timedelta | None = None

    def of(self, priority: Priority) -> timedelta | None:
        return {"low": self.low, "normal": self.normal, "high": self.high, "urgent": self.urgent}[priority]


class Template(Value):
    """A canned answer; ``text`` may hold ``{number}``, ``{requester}``, ``{agent}`` …"""

    key: str
    name: Label
    text: Label


class Keywords(Value):
    """Words by which people name a thing, per language."""

    en: tuple[str, ...] = ()
    pl: tuple[str, ...] = ()
    hu: tuple[str, ...] = ()


class RequestType(Value):
    """What can be asked of a department."""

    key: str
    label: Label
    department: str
    description: Label | None = None
    fields: tuple[Field, ...] = ()
    approval: tuple[ApprovalStep, ...] = ()
    first_response: Targets = Targets()
    resolution: Targets = Targets()
    priority: Priority = "normal"
    private: bool = False
    """Private even where the department is not."""
    templates: tuple[Template, ...] = ()
    keywords: Keywords = Keywords()


class DocumentKind(Value):
    """A kind of document that can be asked for."""

    key: str
    label: Label
    source: Source
    """``made`` by the bot, fetched from the ``archive``, or brought by an ``agent``."""
    department: str
    approval: tuple[ApprovalStep, ...] = ()
    private: bool = False
    valid_days: int | None = None
    retention: str = ""
    keywords: Keywords = Keywords()


class Stage(Value):
    """A reminder ``days`` after the due date (before it when negative)."""

    key: str
    days: int
    label: Label
    approval: bool = False
    letter: str = ""
    """The document kind that goes with it."""


class ReminderPolicy(Value):
    """When to remind whom of money that is due."""

    key: str
    label: Label
    direction: Direction
    stages: tuple[Stage, ...]
    audience: tuple[Audience, ...]
    active: bool = False
    minimum: Mapping[str, Decimal] = {}
    """Currency to the least outstanding amount worth a reminder."""
    min_gap_days: int = 3
    max_per_week: int = 2
    hours: Frame = Frame(opens=9 * 60, closes=16 * 60)


class IntakeChannel(Value):
    """A channel in which each top-level message becomes a ticket."""

    channel: str
    request_type: str
    opt_out: str = "//"
    """A message that begins so makes none."""


class Commands(Value):
    """The names of the slash commands."""

    ticket: str = "/ticket"
    invoice: str = "/invoice"
    document: str = "/document"


class TicketRules(Value):
    """What holds for all tickets."""

    prefix: str = "BO"
    emoji: str = "ticket"
    reopen_days: int = 7
    burst: timedelta = timedelta(minutes=2)
    warn_before: timedelta = timedelta(hours=1)
    """Working time before a target is missed at which the assignee is warned."""


class InvoiceRules(Value):
    """What holds for all invoices."""

    readers: tuple[str, ...] = ()
    """Who else may ask: a person, a user group (``S…``) or ``agents:DEPARTMENT``."""
    due_soon_days: int = 7
    payments_max_age_days: int = 3
    """Older payments data stops reminders until somebody imports or confirms."""


class Catalogue(Value):
    """Everything that a company decides, without code."""

    company: Company = Company()
    admins: tuple[str, ...] = ()
    tickets: TicketRules = TicketRules()
    invoices: InvoiceRules = InvoiceRules()
    commands: Commands = Commands()
    calendars: Mapping[str, Calendar]
    departments: Mapping[str, Department]
    request_types: Mapping[str, RequestType]
    document_kinds: Mapping[str, DocumentKind] = {}
    reminder_policies: Mapping[str, ReminderPolicy] = {}
    intake_channels: Mapping[str, IntakeChannel] = {}

    def types_of(self, department: str) -> tuple[RequestType, ...]:
        """What can be asked of a department, in the order of the file."""
        return tuple(t for t in self.request_types.values() if t.department == department)

    def calendar_of(self, department: str) -> Calendar:
        return self.calendars[self.departments[department].calendar]

    def finance(self) -> tuple[Department, ...]:
        """The departments whose agents see all invoices."""
        return tuple(d for d in self.departments.values() if d.finance)

    def is_private(self, request_type: str) -> bool:
        """Whether tickets of this type are nobody else's business."""
        wanted = self.request_types[request_type]
        return wanted.private or self.departments[wanted.department].private
