"""When somebody may be reminded of what waits for them: in the daytime of working days, where they
are, outside of their quiet hours; and what their clock shows.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.kit.catalogue import Frame
from bot.kit.working_time import WorkCalendar, reading_hours
from storage.turn import Person, Turn

_HOURS = Frame(opens=9 * 60, closes=17 * 60)


def daytime(turn: Turn, person: Person) -> WorkCalendar:
    """The hours of one person, on the working days of where they are."""
    country = country_in(turn, person.timezone)
    return reading_hours(country, person.timezone, _HOURS, person.quiet)


def country_in(turn: Turn, timezone: str) -> str:
    """The country whose holidays hold in a zone, as far as the company's calendars know it."""
    calendars = turn.catalogue.calendars.values()
    result = next(
        (calendar.country for calendar in calendars if calendar.timezone == timezone), None
    )
    return result or turn.catalogue.company.country


def stamp(turn: Turn, person: Person) -> str:
    """Now, for the name of a file, as this person's clock shows it."""
    return f"{turn.now.astimezone(ZoneInfo(person.timezone)):%Y%m%d-%H%M%S}"


def next_morning(turn: Turn, person: Person, after: date | None = None) -> datetime:
    """When the daytime of the next working day begins, after a day or after today."""
    hours = daytime(turn, person)
    today = turn.now.astimezone(hours.zone).date()
    next_day = max(after or today, today) + timedelta(days=1)
    return hours.next_opening(datetime.combine(next_day, time(), hours.zone))
