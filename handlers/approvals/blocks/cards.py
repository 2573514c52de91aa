"""How approvals look: the card of each who is asked, and the forms beneath its buttons."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.kit import block_kit
from bot.kit.catalogue import Quorum
from bot.kit.markup import Mrkdwn
from bot.kit.words import N_, Words
from handlers.approvals.model.subjects import Look
from storage.approvals import State

APPROVE = "approvals.approve"
REJECT = "approvals.reject"
CHANGES = "approvals.changes"
DELEGATE = "approvals.delegate"
REJECT_FORM = "approvals.reject_form"
CHANGES_FORM = "approvals.changes_form"
DELEGATE_FORM = "approvals.delegate_form"

READS_OTHERWISE = N_("This was changed meanwhile. Read it as it stands now, and decide then.")
NO_SAY = N_("You are no longer among those who may decide this.")
_VALUE = "approvals.value"
_OUTCOMES: Mapping[State, str] = {
    "open": N_(":white_check_mark: Your decision is noted; others have not answered yet."),
    "approved": N_(":white_check_mark: Approved by {names}."),
    "rejected": N_(":no_entry: Refused by {names}."),
    "changes": N_(":pencil2: Changes were asked for by {names}."),
    "withdrawn": N_(":wastebasket: Not needed any more."),
    "overtaken": N_(":arrows_counterclockwise: It was changed after somebody had decided on it."),
}
_NEEDS: Mapping[Quorum, str] = {
    "any": N_("One approval is enough; it is refused when everybody who was asked has refused."),
    "all": N_("All of you must agree."),
    "majority": N_("More than half of you must agree."),
}


def asking(
    id: int,
    look: Look,
    needs: Quorum,
    others: int,
    words: Words,
) -> list[Any]:
    """The card of somebody who is asked and has not spoken."""
    value = str(id)
    return [
        block_kit.section(words.mark("Do you approve this? {title}", title=look.title)),
        *look.blocks,
        *([block_kit.context(words.say(_NEEDS[needs]))] if others else []),
        block_kit.actions(
            block_kit.button(words.say("Approve"), APPROVE, f"{id}|{look.digest}", "primary"),
            block_kit.button(words.say("Ask for changes…"), CHANGES, value),
            block_kit.button(words.say("Refuse…"), REJECT, value, "danger"),
            block_kit.button(words.say("Delegate…"), DELEGATE, value),
        ),
    ]


def settled(title: Mrkdwn, state: State, deciders: Sequence[str], words: Words) -> list[Any]:
    """The same card when there is nothing left to say for this person; who decided, by name."""
    return [
        block_kit.section(title),
        block_kit.context(words.mark(_OUTCOMES[state], names=words.list(deciders))),
    ]


def handed_on(title: Mrkdwn, name: str, words: Words) -> list[Any]:
    return [
        block_kit.section(title),
        block_kit.context(words.mark("Delegated to {name}.", name=name)),
    ]


def lapsed(title: Mrkdwn, words: Words) -> list[Any]:
    """The card of somebody who was asked and may not decide any more."""
    return [block_kit.section(title), block_kit.context(words.say(NO_SAY))]


def reason(callback_id: str, id: int, look: Look, words: Words, note: str = "") -> block_kit.View:
    """The form that asks why, or for what, beneath what it is about; whoever asked for the approval
    is told. The form carries the digest of what it shows, above which ``note`` stands.
    """
    is_refusal = callback_id == REJECT_FORM
    label = words.say("Why not?") if is_refusal else words.say("What should be changed?")
    heading = words.say("Refuse") if is_refusal else words.say("Ask for changes")
    notes = [block_kit.context(note)] if note else []
    return block_kit.modal(
        heading,
        [
            *notes,
            block_kit.section(look.title),
            *map(dict, look.blocks),
            block_kit.field(
                label,
                block_kit.text_input(_VALUE, multiline=True),
                name="comment",
                hint=words.say("Whoever asked for it reads this."),
            ),
        ],
        callback_id=callback_id,
        submit=words.say("Send"),
        close=words.say("Cancel"),
        metadata={"approval": id, "read": look.digest},
    )


def delegate(id: int, title: Mrkdwn, words: Words) -> block_kit.View:
    return block_kit.modal(
        words.say("Delegate"),
        [
            block_kit.section(title),
            block_kit.field(
                words.say("Who decides in your place?"),
                block_kit.people_select(_VALUE),
                name="person",
            ),
        ],
        callback_id=DELEGATE_FORM,
        submit=words.say("Delegate"),
        close=words.say("Cancel"),
        metadata={"approval": id},
    )
