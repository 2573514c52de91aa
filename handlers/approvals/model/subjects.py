"""What approvals are about: a feature that wants them says how its subjects look and what follows a
decision.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.kit import block_kit
from bot.kit.markup import Mrkdwn
from bot.kit.words import Words
from handlers.approvals.model.quorum import Outcome
from storage.turn import Turn


@dataclass(frozen=True)
class Look:
    """A subject for somebody who shall decide: one line, and what it says."""

    title: Mrkdwn
    blocks: Sequence[Mapping[str, Any]] = ()

    @property
    def digest(self) -> str:
        """What a decision carries of what was read: a subject that reads otherwise has another."""
        return block_kit.digest(self.title, *self.blocks)


@dataclass(frozen=True)
class Subject:
    """A kind of subject; each function gets the subject's key (``ticket:17``)."""

    hold: Callable[[Turn, str], None]
    """Nobody else changes it until the turn ends: a subject is held before what is asked about it.
    """
    askers: Callable[[Turn, str], frozenset[str]]
    """Whoever asks for it by now, none of whom decides, beside those who began the chain."""
    look: Callable[[Turn, str, Words], Look]
    moved: Callable[[Turn, str, Sequence[str]], None]
    """Somebody has spoken or is asked anew; these people are asked, and may see it from now on."""
    decided: Callable[[Turn, str, Outcome, str], None]
    """The chain has ended, or changes are wanted; with everybody's reasons."""


_KINDS: dict[str, Subject] = {}


def register(kind: str, subject: Subject) -> None:
    """Once for each kind, when its feature is imported."""
    if kind in _KINDS:
        raise ValueError(f"approvals about {kind} are registered twice")
    _KINDS[kind] = subject


def of(key: str) -> Subject:
    """What to do about ``ticket:17``."""
    return _KINDS[key.partition(":")[0]]
