"""The overview of policies, the form that switches one on, pauses. Values in, Block Kit out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.kit import block_kit
from bot.kit.block_kit import Block, View
from bot.kit.catalogue import Name, ReminderPolicy
from bot.kit.markup import Mrkdwn, join, person
from bot.kit.money import Money
from bot.kit.words import N_, Words
from handlers.ledger.model.open_items import Balance
from handlers.reminders.blocks.message import sums
from handlers.reminders.model.facts import (
    ACCOUNT_OWNER,
    CUSTOMER_CHANNEL,
    CUSTOMER_MAIL,
    FINANCE,
    PAYER,
)
from storage.reminders.switches import EVERYTHING, Pause, Switch

OPEN = "reminders.open"
SWITCH_ON = "reminders.switch_on"
SWITCH_OFF = "reminders.switch_off"
OVERDUE = "reminders.overdue"
ACTIVATE = "reminders.activate"
PAUSE_ALL = "reminders.pause_all"
END_PAUSE = "reminders.end_pause"
PAUSE_FORM = "reminders.pause_form"
PAUSE_SOME_FORM = "reminders.pause_some_form"
PAUSE = "reminders.pause"
UNPAUSE = "reminders.unpause"
OVERVIEW = "reminders.overview"
PREVIEW_PAGE = "reminders.preview_page"
EXPORT_PREVIEW = "reminders.export_preview"
MOST_MESSAGES = 8

AUDIENCES = {
    ACCOUNT_OWNER: N_("the account owner"),
    FINANCE: N_("finance"),
    CUSTOMER_CHANNEL: N_("the customer's channel"),
    CUSTOMER_MAIL: N_("the customer by e-mail"),
    PAYER: N_("who pays"),
}


@dataclass(frozen=True)
class Message:
    """A message that would go, for a line of the preview."""

    on: date
    customer: str
    audience: str
    stage: Name
    amounts: Sequence[Money]
    needs_approval: bool


@dataclass(frozen=True)
class Activation:
    """What the form that switches a policy on shows."""

    policy: ReminderPolicy
    overdue: str
    sums: Sequence[Balance]
    messages: Sequence[Message]
    days: int
    are_payments_known: bool
    page: int = 0
    notice: str = ""

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.messages) // MOST_MESSAGES))


def overview(
    policies: Sequence[tuple[ReminderPolicy, Switch]],
    pauses: Sequence[tuple[Pause, str]],
    words: Words,
    more: int = 0,
) -> View:
    """Every policy with its switch; what is paused, by its name, and how much more is."""
    blocks: list[Block] = []
    for policy, switch in policies:
        blocks += _policy(policy, switch, words)
    blocks.append(block_kit.divider())
    for pause, name in pauses:
        blocks.append(_pause(pause, name, words))
    if more:
        blocks.append(
            block_kit.context(words.mark_count("… and {n} more.", "… and {n} more.", more))
        )
    blocks.append(block_kit.actions(block_kit.button(words.say("Pause everything…"), PAUSE_ALL)))
    return block_kit.modal(
        words.say("Reminders"), blocks, callback_id=OVERVIEW, close=words.say("Close")
    )


def activation(shown: Activation, words: Words) -> View:
    """What would go, what becomes of the overdue, and the button that switches on."""
    policy = shown.policy
    return block_kit.modal(
        words.say("Switch on"),
        [
            block_kit.section(words.mark("*{policy}*", policy=policy.label.in_(words.language))),
            block_kit.section(_open(shown.sums, words)),
            block_kit.field(
                words.say("What is overdue already"),
                block_kit.select(OVERDUE, _choices(policy, words), chosen=shown.overdue),
                name="overdue",
                dispatch=True,
                hint=words.say(
                    "Limit: at most 20 such messages a day go to one person or channel."
                ),
            ),
            *_preview(shown, words),
            *([] if shown.are_payments_known else [block_kit.context(_unknown(words))]),
        ],
        callback_id=ACTIVATE,
        submit=words.say("Switch on"),
        close=words.say("Cancel"),
        metadata={"policy": policy.key},
    )


def pause_form(words: Words, tomorrow: date, subjects: Sequence[tuple[str, str]] = ()) -> View:
    """Silence about everything, or about one of these (key and name), with a day and a note."""
    which = [block_kit.option(_only(key, name, words), key) for key, name in subjects]
    query = block_kit.select("subject", which, chosen=subjects[0][0]) if which else None
    return block_kit.modal(
        words.say("Pause reminders"),
        [
            *([block_kit.field(words.say("About"), query, name="subject")] if query else []),
            block_kit.field(
                words.say("Up to and including"),
                block_kit.date_picker("until", chosen=tomorrow.isoformat()),
                name="until",
            ),
            block_kit.field(words.say("Note"), block_kit.text_input("note", most=300), name="note"),
        ],
        callback_id=PAUSE_SOME_FORM if subjects else PAUSE_FORM,
        submit=words.say("Pause"),
        close=words.say("Cancel"),
    )


def _only(key: str, name: str, words: Words) -> str:
    if key.startswith("customer:"):
        return words.say("Everything of {customer}", customer=block_kit.cut(name, 50))
    return words.say("Only {number}", number=block_kit.cut(name, 50))


def announcement(policy: ReminderPolicy, who: str, words: Words, *, is_on: bool) -> Mrkdwn:
    """What finance's channel hears when a policy is switched."""
    label = policy.label.in_(words.language)
    if is_on:
        return words.mark(
            "🔔 {who} switched the reminders “{policy}” on.", who=person(who), policy=label
        )
    return words.mark(
        "🔕 {who} switched the reminders “{policy}” off.", who=person(who), policy=label
    )


def _policy(policy: ReminderPolicy, switch: Switch, words: Words) -> list[Block]:
    label = policy.label.in_(words.language)
    if switch.is_on:
        text = words.mark(
            "🔔 *{policy}* · on since {day}", policy=label, day=words.date(switch.since)
        )
        sure = block_kit.confirm(
            words.say("Switch off?"),
            words.say("No reminder of this policy goes out until somebody switches it on."),
            words.say("Switch off"),
            words.say("Cancel"),
        )
        button = block_kit.button(
            words.say("Switch off"), f"{SWITCH_OFF}:{policy.key}", policy.key, confirm=sure
        )
    else:
        text = words.mark("🔕 *{policy}* · off", policy=label)
        button = block_kit.button(
            words.say("Switch on…"), f"{SWITCH_ON}:{policy.key}", policy.key, style="primary"
        )
    return [
        block_kit.section(text, button),
        block_kit.context(
            _stages(policy, words), *_meaning_of_hand(policy, words), _audience(policy, words)
        ),
    ]


def _stages(policy: ReminderPolicy, words: Words) -> Mrkdwn:
    lines: list[str] = []
    for stage in policy.stages:
        label = stage.label.in_(words.language)
        lines.append(f"{label} ({stage.days:+d}{_hand(stage.approval)})")
    return words.mark("Days from the due date: {stages}", stages=" · ".join(lines))


def _hand(needs_approval: bool) -> str:
    return " ✋" if needs_approval else ""


def _meaning_of_hand(policy: ReminderPolicy, words: Words) -> list[Mrkdwn]:
    if not any(stage.approval for stage in policy.stages):
        return []
    return [words.mark("✋ The customer gets it once you approve it.")]


def _audience(policy: ReminderPolicy, words: Words) -> Mrkdwn:
    return words.mark(
        "To: {audience}",
        audience=words.list([words.say(AUDIENCES[item]) for item in policy.audience]),
    )


def _pause(pause: Pause, name: str, words: Words) -> Block:
    is_all = pause.subject == EVERYTHING
    what = words.say("All reminders are paused") if is_all else name or pause.subject
    text = words.mark(
        "⏸ {what} up to and including {day} · {who} · {note}",
        what=what,
        day=words.date(pause.until),
        who=person(pause.by_person),
        note=pause.note or "–",
    )
    return block_kit.section(
        text, block_kit.button(words.say("End"), f"{END_PAUSE}:{pause.id}", str(pause.id))
    )


def _open(sums: Sequence[Balance], words: Words) -> Mrkdwn:
    if not sums:
        return words.mark("Nothing is open.")
    return join("\n", [_sum(item, words) for item in sums])


def _sum(balance: Balance, words: Words) -> Mrkdwn:
    late = words.mark_count("{n} overdue", "{n} overdue", balance.overdue_count)
    amount = words.money(Money(balance.open, balance.currency))
    late_amount = words.money(Money(balance.overdue, balance.currency))
    return words.mark_count(
        "{n} invoice open: {amount}, of these {late}: {late_amount}",
        "{n} invoices open: {amount}, of these {late}: {late_amount}",
        balance.count,
        amount=amount,
        late=late,
        late_amount=late_amount,
    )


def _choices(policy: ReminderPolicy, words: Words) -> list[dict[str, object]]:
    choices = [
        block_kit.option(words.say("Skip the stages so far: only later ones go"), "done"),
        block_kit.option(words.say("Send no reminders"), "alone"),
    ]
    for stage in policy.stages:
        if stage.days >= 0:
            label = words.say("Begins at: {stage}", stage=stage.label.in_(words.language))
            choices.append(block_kit.option(label, f"stage:{stage.key}"))
    return choices


def _preview(shown: Activation, words: Words) -> list[Block]:
    n, waiting = len(shown.messages), sum(message.needs_approval for message in shown.messages)
    count = words.mark_count(
        "*{n} message in the next {days} days*",
        "*{n} messages in the next {days} days*",
        n,
        days=shown.days,
    )
    if waiting:
        ask = words.mark_count(
            "{n} of them after your approval ✋", "{n} of them after your approval ✋", waiting
        )
        count = join(" · ", [count, ask])
    first = min(max(shown.page, 0), shown.pages - 1) * MOST_MESSAGES
    lines = [_message(item, words) for item in shown.messages[first : first + MOST_MESSAGES]]
    listed = [block_kit.section(join("\n", lines)), _turning(shown, words)] if lines else []
    notice = [block_kit.context(shown.notice)] if shown.notice else []
    return [block_kit.section(count), *listed, *notice]


def _turning(shown: Activation, words: Words) -> Block:
    """To the other pages of what would go, and all of it as a workbook."""
    buttons = []
    if shown.page:
        value = f"{shown.overdue}|{shown.page - 1}"
        buttons.append(block_kit.button(words.say("‹ Back"), f"{PREVIEW_PAGE}:back", value))
    if shown.page + 1 < shown.pages:
        value = f"{shown.overdue}|{shown.page + 1}"
        label = words.say("More ({page} of {pages}) ›", page=shown.page + 1, pages=shown.pages)
        buttons.append(block_kit.button(label, f"{PREVIEW_PAGE}:on", value))
    export = block_kit.button(words.say("As a spreadsheet"), EXPORT_PREVIEW, shown.overdue)
    return block_kit.actions(*buttons, export)


def _message(message: Message, words: Words) -> Mrkdwn:
    return words.mark(
        "{day} · *{customer}* · {stage} · {sum} → {audience}{hand}",
        day=words.date(message.on, "short"),
        customer=message.customer,
        stage=message.stage.in_(words.language),
        sum=sums(message.amounts, words),
        audience=words.say(AUDIENCES[message.audience]),
        hand=_hand(message.needs_approval),
    )


def _unknown(words: Words) -> Mrkdwn:
    return words.mark(
        "⚠️ No payments were imported yet: reminders wait until you import a statement or confirm."
    )
