"""Reminder policies of the catalogue: stages, audience, and what keeps them quiet."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field as having
from pydantic import field_validator, model_validator

from bot.kit.catalogue.calendars import Frame
from bot.kit.catalogue.labels import Name, Value
from bot.kit.catalogue.mistakes import Mistake
from bot.kit.catalogue.rules import (
    Amount,
    Currency,
    DocumentKindKey,
    InOrder,
    Key,
    Some,
    approval_from_the_third,
)

Direction = Literal["receivable", "payable"]
Audience = Literal["account_owner", "finance", "customer_channel", "customer_mail", "payer"]
TO_CUSTOMERS: tuple[Audience, Audience] = ("customer_channel", "customer_mail")
"""The audiences that a customer reads."""


class SameDay(Mistake):
    sentence = "The stages {first} and {second} fall on the same day."


class SwitchedOnInTheFile(Mistake):
    sentence = (
        "A policy is not switched on here. Take this line out; finance switches it on in Slack "
        "(Home → Reminders), after it saw what would be sent."
    )


class Stage(Value):
    """A reminder ``days`` after the due date (before it when negative)."""

    key: Key
    days: int = having(ge=-365, le=3650)
    label: Name
    approval: bool = False
    """Whether a person must agree; in the file the third stage and later ones want it unless they
    say no.
    """
    letter: DocumentKindKey | None = None
    """The document kind that goes with it."""
    pay_within_days: int = having(default=7, ge=1, le=365)
    """The new term that a letter by e-mail gives, in days from its own."""


class ReminderPolicy(Value):
    """When to remind whom of money that is due."""

    key: Key
    label: Name
    direction: Direction
    active: bool = False
    """Of no meaning: finance switches a policy on in Slack, after it saw what it would send."""
    stages: Annotated[tuple[Stage, ...], InOrder, Some]
    """In the order of their days."""
    audience: Annotated[tuple[Audience, ...], Some]
    minimum: Mapping[Currency, Annotated[Amount, having(ge=0)]] = {}
    """Currency to the least outstanding amount worth a reminder."""
    min_gap_days: int = having(default=3, ge=0, le=365)
    max_per_week: int = having(default=2, ge=1, le=100)
    hours: Frame = Frame(opens=9 * 60, closes=16 * 60)
    """When readers may be written to, in their own zone."""

    _approval = model_validator(mode="before")(approval_from_the_third)

    @field_validator("active")
    @classmethod
    def _never_from_the_file(cls, active: bool) -> bool:
        if active:
            raise SwitchedOnInTheFile()
        return active

    @field_validator("stages")
    @classmethod
    def _on_different_days(cls, stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
        in_order = tuple(sorted(stages, key=lambda stage: stage.days))
        for first, second in pairwise(in_order):
            if first.days == second.days:
                raise SameDay(first=first.key, second=second.key)
        return in_order
