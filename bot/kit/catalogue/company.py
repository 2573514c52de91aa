"""The company, its departments, and the catalogue that holds everything it decides."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field as having
from pydantic import ValidationInfo, field_validator

from bot.kit.catalogue.agent_view import AgentView
from bot.kit.catalogue.calendars import Calendar
from bot.kit.catalogue.labels import Language, Name, Value
from bot.kit.catalogue.mistakes import Mistake, NoPicture
from bot.kit.catalogue.reminders import ReminderPolicy
from bot.kit.catalogue.requests import DocumentKind, RequestType
from bot.kit.catalogue.rules import (
    PICTURES,
    ByKey,
    CalendarKey,
    Channel,
    Command,
    Country,
    Currency,
    Emoji,
    Group,
    Key,
    OneOrMore,
    Person,
    Prefix,
    Reader,
    RequestTypeKey,
    Short,
    Some,
    Text,
    WorkingTime,
)

Assignment = Literal["manual", "round_robin", "least_loaded"]


class StandsInForThemselves(Mistake):
    sentence = (
        "{person} cannot stand in for themselves. Name somebody else, or leave the substitute out."
    )


class LastBeforeFirst(Mistake):
    sentence = "The last day, {last}, is before the first, {first}."


class Company(Value):
    """Who we are, as documents show it."""

    name: str = ""
    country: Country = "PL"
    language: Language = "en"
    address: tuple[Text, ...] = ()
    place: str = ""
    """Where documents are issued (``Łódź, 22 November 2026``)."""
    activity: str = ""
    """What we do, as a Hungarian certificate of employment says it."""
    tax_numbers: tuple[Text, ...] = ()
    """Our own, with the country's letters for those abroad: they tell receivables from payables."""
    registrations: Mapping[str, Text] = {}
    """``KRS``, ``REGON``, ``cégjegyzékszám`` and the like, as they shall be printed."""
    accounts: Mapping[Currency, OneOrMore] = {}
    """Currency to our accounts in it, each an IBAN or a national number."""
    hungarian_compensation: bool = False
    """Whether the 40 euro of Hungary's law are claimed by each letter and note; otherwise they are
    left to whoever decides so.
    """
    email: str = ""
    phone: str = ""
    logo: bytes = b""
    """A PNG or JPEG for the head of documents; the file names it, and whoever reads the file brings
    it.
    """

    @field_validator("logo", mode="before")
    @classmethod
    def _brought(cls, logo: object, info: ValidationInfo) -> object:
        if not isinstance(logo, str) or not logo:
            return logo or b""
        brought = (info.context or {}).get(PICTURES)
        picture = brought(logo) if brought else None
        if picture is None:
            raise NoPicture(name=logo)
        return picture


class Absence(Value):
    """A person away, both days included."""

    person: Person
    first_day: date
    last_day: date
    substitute: Person | None = None

    @field_validator("last_day")
    @classmethod
    def _after_the_first(cls, last: date, info: ValidationInfo) -> date:
        if last < info.data.get("first_day", last):
            raise LastBeforeFirst(first=info.data["first_day"], last=last)
        return last

    @field_validator("substitute")
    @classmethod
    def _somebody_else(cls, substitute: str | None, info: ValidationInfo) -> str | None:
        if substitute is not None and substitute == info.data.get("person"):
            raise StandsInForThemselves(person=substitute)
        return substitute


class Department(Value):
    """A part of the back office with its queue."""

    key: Key
    name: Name
    channel: Channel
    """The triage channel's name (``bo-it``) or id (``C…``)."""
    calendar: CalendarKey
    language: Language
    lead: Person | None = None
    """A user id, an e-mail address or a ``@handle``."""
    user_group: Group | None = None
    private: bool = False
    finance: bool = False
    open: bool = False
    """Its channel may be public: whoever joins is an agent, and its tickets are everybody's to
    read.
    """
    assignment: Assignment = "manual"
    default_type: RequestTypeKey | None = None
    absences: tuple[Absence, ...] = ()


class IntakeChannel(Value):
    """A channel in which each top-level message becomes a ticket."""

    key: Key
    channel: Channel
    request_type: RequestTypeKey
    opt_out: Short = "//"
    """A message that begins so makes none."""


class Commands(Value):
    """The names of the slash commands."""

    ticket: Command = "/ticket"
    invoice: Command = "/invoice"
    document: Command = "/document"


class TicketRules(Value):
    """What holds for all tickets."""

    prefix: Prefix = "BO"
    emoji: Emoji = "ticket"
    default_type: RequestTypeKey | None = None
    """For a message picked by emoji where no intake channel or department says another."""
    reopen_days: int = having(default=7, ge=0, le=3650)
    burst: WorkingTime = timedelta(minutes=2)
    as_authors: bool = False
    """Whether mirrored words bear their author's name and picture."""
    warn_before: WorkingTime = timedelta(hours=1)
    """Working time before a target is missed at which the assignee is warned."""


class InvoiceRules(Value):
    """What holds for all invoices."""

    readers: tuple[Reader, ...] = ()
    """Who else may ask: a person, a user group (``S…``) or ``agents:DEPARTMENT``."""
    due_soon_days: int = having(default=7, ge=0, le=365)
    payments_max_age_days: int = having(default=3, ge=0, le=3650)
    """Older payments data stops reminders until somebody imports or confirms."""


class Catalogue(Value):
    """Everything that a company decides, without code."""

    company: Company = Company()
    admins: tuple[Person, ...] = ()
    tickets: TicketRules = TicketRules()
    invoices: InvoiceRules = InvoiceRules()
    commands: Commands = Commands()
    agent_view: AgentView = AgentView()
    calendars: Annotated[Mapping[str, Calendar], ByKey, Some]
    departments: Annotated[Mapping[str, Department], ByKey, Some]
    request_types: Annotated[Mapping[str, RequestType], ByKey, Some]
    document_kinds: Annotated[Mapping[str, DocumentKind], ByKey] = {}
    reminder_policies: Annotated[Mapping[str, ReminderPolicy], ByKey] = {}
    intake_channels: Annotated[Mapping[str, IntakeChannel], ByKey] = {}

    def types_of(self, department: str) -> tuple[RequestType, ...]:
        """What can be asked of a department, in the order of the file."""
        return tuple(t for t in self.request_types.values() if t.department == department)

    def default_type(self, department: str) -> RequestType | None:
        """What a message in that department's channel asks for when nobody says."""
        named = self.departments[department].default_type
        return self.request_types[named] if named else next(iter(self.types_of(department)), None)

    @property
    def timezone(self) -> str:
        """Where the company is: where its first calendar holds."""
        return next(iter(self.calendars.values())).timezone

    def calendar_of(self, department: str) -> Calendar:
        return self.calendars[self.departments[department].calendar]

    def finance(self) -> tuple[Department, ...]:
        """The departments whose agents see all invoices."""
        return tuple(d for d in self.departments.values() if d.finance)

    def is_trusted(self, department: str) -> bool:
        """Whether its agents see money or what is nobody else's business: such a department is
        never open.
        """
        wanted = self.departments[department]
        reads_invoices = f"agents:{department}" in self.invoices.readers
        has_secrets = any(kind.private for kind in self.types_of(department))
        return wanted.finance or wanted.private or reads_invoices or has_secrets

    def is_private(self, request_type: str) -> bool:
        """Whether tickets of this type are nobody else's business."""
        wanted = self.request_types[request_type]
        return wanted.private or self.departments[wanted.department].private
