"""The catalogue's value types: what a company changes in ``zaplecze.toml``, as one frozen value.

The attributes are the keys of the file. ``bot/catalogue/loader.py`` reads it and names every
mistake with its line.
"""

from bot.kit.catalogue.calendars import WEEKDAYS, Calendar, Frame, Hours
from bot.kit.catalogue.company import (
    Absence,
    Assignment,
    Catalogue,
    Commands,
    Company,
    Department,
    IntakeChannel,
    InvoiceRules,
    TicketRules,
)
from bot.kit.catalogue.labels import Keywords, Label, Language, Name, Value
from bot.kit.catalogue.mistakes import Mistake
from bot.kit.catalogue.reminders import TO_CUSTOMERS, Audience, Direction, ReminderPolicy, Stage
from bot.kit.catalogue.requests import (
    PRIORITIES,
    ApprovalStep,
    DocumentKind,
    Field,
    FieldKind,
    Option,
    Priority,
    Quorum,
    RequestType,
    Source,
    Targets,
    Template,
)
from bot.kit.catalogue.rules import VARIABLES

__all__ = [
    "PRIORITIES",
    "TO_CUSTOMERS",
    "VARIABLES",
    "WEEKDAYS",
    "Absence",
    "ApprovalStep",
    "Assignment",
    "Audience",
    "Calendar",
    "Catalogue",
    "Commands",
    "Company",
    "Department",
    "Direction",
    "DocumentKind",
    "Field",
    "FieldKind",
    "Frame",
    "Hours",
    "IntakeChannel",
    "InvoiceRules",
    "Keywords",
    "Label",
    "Language",
    "Mistake",
    "Name",
    "Option",
    "Priority",
    "Quorum",
    "ReminderPolicy",
    "RequestType",
    "Source",
    "Stage",
    "Targets",
    "Template",
    "TicketRules",
    "Value",
]
