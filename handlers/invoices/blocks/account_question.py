"""The question of which account a dropped statement is: a click answers it for good."""

from collections.abc import Sequence

from bot.kit import block_kit
from bot.kit.block_kit import Block
from bot.kit.markup import person
from bot.kit.words import Words

OURS = "invoices.account_ours"
THEIRS = "invoices.account_theirs"
OF = "invoices.account_of"
_MOST = 20  # accounts to choose from


def of_account(
    table: int, name: str, account: str, words: Words, refused_by: str | None = None
) -> list[Block]:
    """A statement of an account that is not among ours: is it? ``refused_by`` said that it is
    not.
    """
    if refused_by:
        text = words.mark(
            "*{file}* is of the account {account}, which is none of ours, as {who} said. Nothing "
            "was booked.",
            file=name,
            account=account,
            who=person(refused_by),
        )
        again = block_kit.button(
            words.say("It is ours after all"), OURS, _value(table, account, account)
        )
        return [block_kit.section(text), block_kit.actions(again)]
    text = words.mark(
        "*{file}* is a statement of the account {account}, which is not in the list of ours. Is it "
        "ours? Nothing was booked yet.",
        file=name,
        account=account,
    )
    ours = block_kit.button(
        words.say("It is ours"), OURS, _value(table, account, account), style="primary"
    )
    theirs = block_kit.button(words.say("It is not ours"), THEIRS, _value(table, account, ""))
    return [block_kit.section(text), block_kit.actions(ours, theirs)]


def of_nameless(
    table: int, name: str, subject: str, accounts: Sequence[str], words: Words
) -> list[Block]:
    """A statement that does not say of which account it is."""
    text = words.mark(
        "*{file}* does not say of which account it is. Which of ours? Nothing was booked yet.",
        file=name,
    )
    buttons = [
        block_kit.button(account, f"{OF}:{place}", _value(table, subject, account))
        for place, account in enumerate(accounts[:_MOST])
    ]
    none = block_kit.button(words.say("None of ours"), THEIRS, _value(table, subject, ""))
    return [block_kit.section(text), block_kit.actions(*buttons, none)]


def answered(name: str, account: str, by: str, words: Words) -> list[Block]:
    """What somebody said; ``account`` is empty where it is none of ours."""
    who = person(by)
    if account:
        text = words.mark(
            "*{file}*: of our account {account}, says {who}.", file=name, account=account, who=who
        )
    else:
        text = words.mark(
            "*{file}*: of no account of ours, says {who}. Nothing was booked.", file=name, who=who
        )
    return [block_kit.section(text)]


def read(value: str) -> tuple[int, str, str]:
    """What a click carries: the file, what was asked about, and the account that it is of."""
    table, subject, account = value.split("|")
    return int(table), subject, account


def text_of(name: str, words: Words) -> str:
    return words.say("{file}: of which account is it?", file=name)


def _value(table: int, subject: str, account: str) -> str:
    return f"{table}|{subject}|{account}"
