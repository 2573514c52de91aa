"""Calendars of the catalogue: country, zone, and the hours of each weekday."""

from datetime import date
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, field_validator, model_validator
from pydantic import Field as having

from bot.kit.catalogue.labels import Value
from bot.kit.catalogue.mistakes import NoHours, OverlappingFrames
from bot.kit.catalogue.rules import Country, Key, Zone, read_frame

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Frame(Value):
    """A stretch of working time in a day, in minutes from midnight; ``closes`` is the first minute
    off.
    """

    opens: int = having(ge=0, lt=1440)
    closes: int = having(gt=0, le=1440)

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: object) -> object:
        return read_frame(value) if isinstance(value, str) else value

    def __str__(self) -> str:
        return "{:02}:{:02}-{:02}:{:02}".format(*divmod(self.opens, 60), *divmod(self.closes, 60))


def _apart(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    in_order = tuple(sorted(frames, key=lambda frame: frame.opens))
    for first, second in pairwise(in_order):
        if second.opens < first.closes:
            raise OverlappingFrames(first=first, second=second)
    return in_order


Frames = Annotated[tuple[Frame, ...], AfterValidator(_apart)]


class Hours(Value):
    """The frames of each weekday; a day that is not named has those of ``weekdays``, or at a
    weekend none.
    """

    weekdays: Frames = ()
    monday: Frames | None = None
    tuesday: Frames | None = None
    wednesday: Frames | None = None
    thursday: Frames | None = None
    friday: Frames | None = None
    saturday: Frames | None = None
    sunday: Frames | None = None
    working_saturday: Frames | None = None
    """For a Saturday that the country declared a working day; Friday's when not named."""

    def on(self, weekday: int) -> tuple[Frame, ...]:
        """The frames of a weekday, 0 is Monday."""
        named: tuple[Frame, ...] | None = getattr(self, WEEKDAYS[weekday])
        if named is None:
            return self.weekdays if weekday < 5 else ()
        return named

    def on_working_saturday(self) -> tuple[Frame, ...]:
        return self.on(4) if self.working_saturday is None else self.working_saturday


class Calendar(Value):
    """When somebody works: the country's holidays, the zone, the hours."""

    key: Key
    country: Country
    timezone: Zone
    hours: Hours
    closures: tuple[date, ...] = ()
    working_days: tuple[date, ...] = ()
    """Days worked in spite of a holiday or a weekend."""

    @field_validator("hours")
    @classmethod
    def _some(cls, hours: Hours) -> Hours:
        if not any(map(hours.on, range(7))):
            raise NoHours
        return hours
