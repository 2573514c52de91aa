"""Replies: what a listener answers, as a value. The edge turns it into Slack's calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.kit.markup import Mrkdwn, escape

Block = Mapping[str, Any]
View = Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """The base of all replies; as itself: nothing to say."""


@dataclass(frozen=True)
class Pass(Reply):
    """Not mine: the next feature that listens to this event is asked."""


@dataclass(frozen=True)
class Whisper(Reply):
    """A private answer to the person who asked, given at most once; its text is shown as it is
    written.
    """

    sentence: str
    blocks: Sequence[Block] = ()
    replace: bool = False  # in place of the private answer whose button was pressed

    @property
    def text(self) -> Mrkdwn:
        """The sentence as Slack is given it."""
        return escape(self.sentence)


@dataclass(frozen=True)
class OpenView(Reply):
    """Open a modal; on top of the present one when it was asked for in a modal."""

    view: View


@dataclass(frozen=True)
class UpdateView(Reply):
    """Show this in place of the modal that asked."""

    view: View


@dataclass(frozen=True)
class CloseView(Reply):
    """Close this modal; what there is to say is said privately in the ``channel`` where it was
    asked for.
    """

    text: str = ""
    blocks: Sequence[Block] = ()
    channel: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", escape(self.text))


@dataclass(frozen=True)
class ClearViews(Reply):
    """Close the whole stack of modals."""


@dataclass(frozen=True)
class FieldErrors(Reply):
    """Sentences under the fields of the form, by block id."""

    errors: Mapping[str, str]


@dataclass(frozen=True)
class Options(Reply):
    """Choices for a select that asks while the person types."""

    options: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class ShowHome(Reply):
    """Publish the Home tab of whoever came."""

    view: View


@dataclass(frozen=True)
class SuggestPrompts(Reply):
    """What one may begin with, in the conversation that was opened: titles and messages."""

    prompts: Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class StepDone(Reply):
    """A Workflow Builder step is done; these are its outputs."""

    outputs: Mapping[str, str] = field(default_factory=dict)


NOTHING = Reply()
PASS = Pass()

_KINDS = {
    kind.__name__: kind
    for kind in (
        Reply,
        Whisper,
        OpenView,
        UpdateView,
        CloseView,
        ClearViews,
        FieldErrors,
        Options,
        ShowHome,
        SuggestPrompts,
        StepDone,
    )
}


def to_json(reply: Reply) -> dict[str, Any]:
    """A reply as it is noted for a redelivery."""
    noted = {"kind": type(reply).__name__, **vars(reply)}
    if isinstance(reply, Whisper):
        del noted["sentence"]
        noted["text"] = reply.text
    return noted


def from_json(noted: Mapping[str, Any]) -> Reply:
    """The reply that :func:`to_json` noted; its text was escaped then."""
    kind = _KINDS[noted["kind"]]
    facts = {name: fact for name, fact in noted.items() if name != "kind"}
    if "text" in facts:
        text = Mrkdwn(facts.pop("text"))
        facts["sentence" if kind is Whisper else "text"] = text
    return kind(**facts)
