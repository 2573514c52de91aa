"""The sentence for each value that the catalogue may not hold."""

from bot.kit.errors import Problem


class Mistake(Problem, ValueError):
    """Something wrong in the catalogue's file; whoever reads the file says where it stands."""

    place: str = ""
    """``zaplecze.toml:41 (departments.it.calendar)``."""
    line: int = 0

    def __str__(self) -> str:
        sentence = super().__str__()
        return f"{self.place}: {sentence}" if self.place else sentence


class UnknownName(Mistake):
    sentence = "“{value}” is not among the {table} ({known})."


class MisspeltName(Mistake):
    sentence = "“{value}” is not among the {table}. Did you mean “{suggestion}”?"


class BadKey(Mistake):
    sentence = (
        "“{value}” cannot be a key: use small letters a to z, digits and _, beginning with a "
        "letter."
    )


class NoPicture(Mistake):
    sentence = (
        "“{name}” is no PNG or JPEG of at most 500 kB and 2 million pixels beside this file. Put "
        "one there, or take the line out."
    )


class KeyInsideToo(Mistake):
    sentence = "The key “{key}” is in the heading already; take this line out."


class NotATable(Mistake):
    sentence = "This must be a table: a heading in brackets, or name = value pairs in braces."


class Empty(Mistake):
    sentence = "At least one is needed here."


class BadFrame(Mistake):
    sentence = "“{value}” is no stretch of hours. Write it as 08:00-16:00."


class BackwardFrame(Mistake):
    sentence = (
        "“{value}” ends before it begins. Write a night as two: until 24:00, and from 00:00 of the "
        "next day."
    )


class OverlappingFrames(Mistake):
    sentence = "{first} and {second} overlap."


class NoHours(Mistake):
    sentence = (
        "These hours hold no time on any weekday. Give at least one, such as weekdays = "
        '["08:00-16:00"].'
    )


class BadWorkingTime(Mistake):
    sentence = (
        "“{value}” is no working time. Write hours and minutes, such as 4h, 30m or 1h 30m; a day "
        "is no measure."
    )


class BadChannel(Mistake):
    sentence = (
        "“{value}” is no channel. Write its name as #bo-it, in small letters, or its id as "
        "C0123ABCD."
    )


class BadPerson(Mistake):
    sentence = (
        "“{value}” is no person. Write an e-mail address, a @handle or a user id as U0123ABCD."
    )


class BadApprover(Mistake):
    sentence = (
        "“{value}” cannot approve. Write a person, lead, lead:DEPARTMENT or agents:DEPARTMENT."
    )


class BadReader(Mistake):
    sentence = (
        "“{value}” is no reader. Write a person, a user group as S0123ABCD, or agents:DEPARTMENT."
    )


class BadGroup(Mistake):
    sentence = "“{value}” is no user group. Write its id as S0123ABCD."


class BadPrefix(Mistake):
    sentence = (
        "“{value}” cannot begin ticket numbers. Write one to six capital letters, such as BO."
    )


class BadEmoji(Mistake):
    sentence = "“{value}” is no emoji. Write its name without colons, such as ticket."


class BadCommand(Mistake):
    sentence = "“{value}” is no slash command. Write / and up to 31 small letters, digits, - or _."


class BadCurrency(Mistake):
    sentence = "“{value}” is no currency. Write three capital letters, such as PLN."


class BadAmount(Mistake):
    sentence = "This must be a number without quotes, such as 500 or 99.90."


class BadLimit(Mistake):
    sentence = "This must be a number or a date without quotes, such as 500 or 2026-12-24."


class UnknownVariable(Mistake):
    sentence = "“{value}” is not known in a template. Known are {known}."


class Braces(Mistake):
    sentence = "A brace in this text has no partner. Write {{{{ or }}}} for one that shall be seen."
