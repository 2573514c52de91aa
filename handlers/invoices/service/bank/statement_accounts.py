"""Of which account a dropped statement is: ours by the catalogue or as somebody said, else asked
once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from bot.kit.errors import Problem
from bot.kit.tables.layout import Layout
from bot.kit.words import N_
from handlers.invoices.blocks import account_question as looks
from handlers.invoices.columns.confirmation import Forgotten
from handlers.ledger.service.bank import own_accounts
from handlers.ledger.statements.accounts import account_key
from handlers.ledger.statements.values import Statement
from handlers.people.service import roles
from storage.bank import account_answers
from storage.invoices import column_mappings
from storage.invoices.column_mappings import Sent
from storage.outbox import Under
from storage.turn import Turn


class AlreadyAnswered(Problem):
    """Somebody else was first."""

    sentence = N_("Somebody has said already of which account this file is.")


@dataclass(frozen=True)
class Question:
    """What is asked: about an account that is not among ours, or about files that name none.

    ``refused_by`` has said before that it is none of ours.
    """

    subject: str
    account: str = ""
    refused_by: str | None = None


def subject_of(content: bytes, layout: Layout | None) -> str:
    """Files that are taken for alike: of one kind of table, else the very same file."""
    if layout:
        return f"headings:{layout.key}"
    return f"file:{sha256(content).hexdigest()}"


def question(turn: Turn, read: Sequence[Statement], subject: str) -> Question | None:
    """What has to be asked before these statements are booked; where the catalogue names no account
    every one counts as ours.
    """
    ours = own_accounts.own_accounts(turn)
    keys = {account_key(item.account) for item in read}
    foreign = sorted(key for key in keys if key and ours and key not in ours)
    answers = account_answers.known(turn, [*foreign, subject])
    if foreign:
        return Question(foreign[0], foreign[0], _refused_by(answers.get(foreign[0])))
    if ours and None in keys and not _said_of(answers, subject):
        return Question(subject)
    return None


def named(turn: Turn, read: Sequence[Statement], subject: str) -> list[Statement]:
    """The statements, those that name no account under the one that was said to be theirs; each in
    the currency of its account.
    """
    account = ""
    if own_accounts.own_accounts(turn):
        account = _said_of(account_answers.known(turn, [subject]), subject)
    return [own_accounts.in_its_currency(turn, under(item, account)) for item in read]


def under(item: Statement, account: str) -> Statement:
    """A statement that names no account, under the one that somebody said."""
    return item if item.account else replace(item, account=account or None)


def ask(turn: Turn, payload: Mapping[str, Any], asked: Question) -> None:
    """A card in the file's thread, in the words of whoever sent it."""
    sent = Sent(
        payload["file"],
        payload["file_name"],
        payload["url"],
        payload["channel"],
        payload["ts"],
        [],
        "waiting",
        payload["actor"],
    )
    turn.has_changed = True
    sent = replace(sent, id=column_mappings.add(turn, sent))
    words = roles.words_for(turn, sent.by_person)
    if asked.account:
        look = looks.of_account(sent.id, sent.name, asked.account, words, asked.refused_by)
    else:
        ours = sorted(own_accounts.own_accounts(turn))
        look = looks.of_nameless(sent.id, sent.name, asked.subject, ours, words)
    _show(turn, sent, look)


def answer(turn: Turn, value: str) -> None:
    """What a click says is remembered; of an account of ours the file is booked."""
    table, subject, account = looks.read(value)
    sent = column_mappings.get(turn, table)
    if sent is None:
        raise Forgotten()
    if not column_mappings.change(turn, table, [], from_=("waiting",)):
        raise AlreadyAnswered()
    account_answers.keep(turn, subject, account)
    turn.record("account.answered", f"table:{table}", ours=bool(account))
    words = roles.words_for(turn, sent.by_person)
    _show(turn, sent, looks.answered(sent.name, account, turn.actor.id, words))
    if account:
        turn.task(
            "invoices.take_file",
            f"{sent.file}:{sent.ts}:account:{table}",
            file=sent.file,
            file_name=sent.name,
            url=sent.url,
            channel=sent.channel,
            ts=sent.ts,
            attempt=f"account:{table}",
        )


def vouch(turn: Turn, account: str) -> None:
    """Whoever imports says that the account is ours; kept where the catalogue names others."""
    ours = own_accounts.own_accounts(turn)
    if ours and account not in ours:
        account_answers.keep(turn, account, account)
        turn.record("account.answered", "account:vouched", ours=True)


def _said_of(said: Mapping[str, account_answers.Answer], subject: str) -> str:
    return said[subject].account if subject in said else ""


def _refused_by(said: account_answers.Answer | None) -> str | None:
    return said.by_person if said and not said.account else None


def _show(turn: Turn, sent: Sent, look: Sequence[Any]) -> None:
    words = roles.words_for(turn, sent.by_person)
    turn.show(
        f"account:{sent.id}",
        sent.channel,
        looks.text_of(sent.name, words),
        look,
        under=Under(channel=sent.channel, ts=sent.ts),
        subject=f"table:{sent.id}",
    )
