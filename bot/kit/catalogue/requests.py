"""What can be asked for: request types with their fields, approvals, targets and answers; document
kinds.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field as having
from pydantic import ValidationInfo, field_validator

from bot.kit.catalogue.labels import Keywords, Label, Name, Value
from bot.kit.catalogue.mistakes import Mistake
from bot.kit.catalogue.rules import (
    MADE_KINDS,
    Approver,
    DepartmentKey,
    InOrder,
    Key,
    Limit,
    Person,
    Some,
    TemplateText,
    WorkingTime,
)

Priority = Literal["low", "normal", "high", "urgent"]
FieldKind = Literal["text", "choice", "date", "amount", "person", "customer", "invoice", "file"]
Quorum = Literal["any", "all", "majority"]
Source = Literal["made", "archive", "agent"]

PRIORITIES: tuple[Priority, ...] = ("low", "normal", "high", "urgent")


class ChoiceWithoutOptions(Mistake):
    sentence = (
        "A field of the kind choice needs options: options.first = {{ en = …, pl = …, hu = … }}."
    )


class OptionsWithoutChoice(Mistake):
    sentence = "A field of the kind {kind} takes no options; make it a choice, or take them out."


class LimitDoesNotFit(Mistake):
    sentence = (
        "This limit does not fit a field of the kind {kind}: a date has dates, an amount and a "
        "text have numbers."
    )


class MaximumBelowMinimum(Mistake):
    sentence = "The greatest, {max}, is below the least, {min}."


class CannotBeMade(Mistake):
    sentence = (
        "The bot cannot make “{value}” itself. It makes {known}; others come from the archive or "
        "an agent."
    )


class Option(Name):
    """One of a choice."""

    key: Key


class Field(Value):
    """What a request type asks for."""

    key: Key
    label: Label
    kind: FieldKind = "text"
    required: bool = False
    multiline: bool = False
    hint: Label | None = None
    options: Annotated[tuple[Option, ...], InOrder] = having(
        default=(), max_length=100, validate_default=True
    )
    min: Limit = None
    """The least amount, the first date, or the least number of letters of a text."""
    max: Limit = None

    @field_validator("options")
    @classmethod
    def _suit_the_kind(
        cls, options: tuple[Option, ...], info: ValidationInfo
    ) -> tuple[Option, ...]:
        kind = info.data.get("kind")
        if kind == "choice" and not options:
            raise ChoiceWithoutOptions
        if kind not in (None, "choice") and options:
            raise OptionsWithoutChoice(kind=kind)
        return options

    @field_validator("min", "max")
    @classmethod
    def _fits_the_kind(cls, limit: Limit, info: ValidationInfo) -> Limit:
        kind = info.data.get("kind")
        least = info.data.get("min")
        wanted = {"date": date, "amount": Decimal, "text": Decimal}.get(kind or "")
        if limit is None or kind is None:
            return limit
        if wanted is None or not isinstance(limit, wanted):
            raise LimitDoesNotFit(kind=kind)
        if info.field_name == "max" and least is not None and _less(limit, least):
            raise MaximumBelowMinimum(min=least, max=limit)
        return limit


def _less(item: Decimal | date, other: Decimal | date) -> bool:
    if isinstance(item, date) or isinstance(other, date):
        return isinstance(item, date) and isinstance(other, date) and item < other
    return item < other


class ApprovalStep(Value):
    """One step of a chain: steps go one after the other, the approvers of a step are asked
    together.
    """

    approvers: Annotated[tuple[Approver, ...], Some]
    """A person, ``lead`` (of the request's department), ``lead:DEPARTMENT`` or
    ``agents:DEPARTMENT``.
    """
    needs: Quorum = "any"
    substitute: Person | None = None


class Targets(Value):
    """Working time allowed for each priority; none where nothing is promised."""

    low: WorkingTime | None = None
    normal: WorkingTime | None = None
    high: WorkingTime | None = None
    urgent: WorkingTime | None = None

    def of(self, priority: str) -> timedelta | None:
        return {
            "low": self.low,
            "normal": self.normal,
            "high": self.high,
            "urgent": self.urgent,
        }.get(priority)


class Wording(Label):
    """The text of a template."""

    en: TemplateText
    pl: TemplateText
    hu: TemplateText


class Template(Value):
    """A canned answer; its text may hold ``{number}``, ``{requester}`` and the other
    ``VARIABLES``.
    """

    key: Key
    label: Name
    text: Wording
    self_service: bool = False
    """True of everybody's case: shown to who asks, before they send. What an agent found in one
    case is none.
    """

    def filled(self, language: str, facts: Mapping[str, str]) -> str:
        """The answer in that language; ``facts`` has a value for each of ``VARIABLES``."""
        return self.text.in_(language).format_map(facts)


class RequestType(Value):
    """What can be asked of a department."""

    key: Key
    label: Name
    department: DepartmentKey
    description: Label | None = None
    priority: Priority = "normal"
    private: bool = False
    """Private even where the department is not."""
    fields: Annotated[tuple[Field, ...], InOrder] = having(default=(), max_length=80)
    approval: tuple[ApprovalStep, ...] = ()
    first_response: Targets = Targets()
    resolution: Targets = Targets()
    templates: Annotated[tuple[Template, ...], InOrder] = ()
    keywords: Keywords = Keywords()


class DocumentKind(Value):
    """A kind of document that can be asked for."""

    key: Key
    label: Name
    source: Source
    """``made`` by the bot, fetched from the ``archive``, or brought by an ``agent``."""
    department: DepartmentKey
    private: bool = False
    approval: tuple[ApprovalStep, ...] = ()
    valid_days: int | None = having(default=None, ge=1, le=36_500)
    retention: Literal["books", "personnel", "correspondence", "none"] = "correspondence"
    keywords: Keywords = Keywords()

    @field_validator("source")
    @classmethod
    def _can_be_made(cls, source: Source, info: ValidationInfo) -> Source:
        key, makers = info.data.get("key"), (info.context or {}).get(MADE_KINDS)
        if source == "made" and key and makers is not None and key not in makers:
            raise CannotBeMade(value=key, known=", ".join(makers))
        return source
