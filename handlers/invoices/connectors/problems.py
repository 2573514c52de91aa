"""What can go wrong between a source and us, each as a sentence that says who can do
what about it.
"""

from typing import ClassVar

from bot.kit.errors import Problem
from bot.kit.words import N_


class SourceProblem(Problem):
    """A source could not be read. ``is_passing``: it may well be better in a while, without
    anybody's doing.
    """

    is_passing: ClassVar[bool] = False


class Unreachable(SourceProblem):
    """No answer, or none in time."""

    sentence = N_(
        "{source} at {host} cannot be reached ({why}). Check that it is running and that we may "
        "reach it."
    )
    is_passing = True


class Ailing(SourceProblem):
    """It answers that it has trouble itself."""

    sentence = N_(
        "{source} at {host} answers with an error of its own ({status}). Look into its log."
    )
    is_passing = True


class Overloaded(SourceProblem):
    """It asks us to come later."""

    sentence = N_("{source} at {host} asks us to come back later.")
    is_passing = True


class KeyRefused(SourceProblem):
    """It does not know us, or not any more."""

    sentence = N_(
        "{source} at {host} refuses our key or password. Make a new one there and set {setting}."
    )


class NotThere(SourceProblem):
    """There is a server, but not what was asked for."""

    sentence = N_("There is no {what} at {host}. Check the address in {setting}.")


class MayNotRead(SourceProblem):
    """The rights of the key do not suffice."""

    sentence = N_("{source} does not let us read {what}. Give our user there the right to read it.")


class Unintelligible(SourceProblem):
    """An answer of another shape than the source's documentation promises."""

    sentence = N_("{source} at {host} answered something that I do not understand: {what}.")


class TooMuch(SourceProblem):
    """An answer beyond what is read."""

    sentence = N_("{source} at {host} answered with more than {most} MB, which is not read.")


class Broken(SourceProblem):
    """A fault of ours, not of the source."""

    sentence = N_("Reading {source} failed on our side. The log says more.")


class NoOwnNumber(SourceProblem):
    """Nobody said who we are."""

    sentence = N_(
        "Our own tax numbers are missing: put them into [company] tax_numbers of the catalogue."
    )


class Incomplete(SourceProblem):
    """The settings name a source, but not all that it takes."""

    sentence = N_("{given} is set, but not {missing}. See docs/connectors.md.")


class NoConnector(SourceProblem):
    """There is nothing to read from."""

    sentence = N_("No accounting system is connected. See docs/connectors.md.")
