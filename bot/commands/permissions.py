"""``zaplecze permissions``: the table of rights, as a page for the auditor or as facts."""

from collections.abc import Iterator

from bot.commands.output import AsJson, print_lines, print_text
from handlers.people.model.permissions import RIGHTS, TIES, Right

_HEAD = """# Who may what

Every service and the gate of every query ask this table, and nothing else gives a right.
The house itself, its jobs and its command line, may everything; no request from Slack comes as it.
Rights end with what gave them: who leaves a department, is deactivated or becomes a guest has
none by it any more.
Membership of a channel counts only where nobody can join unasked, or where the catalogue marks
the department `open`.
The page is made by `zaplecze permissions > docs/permissions.md`.

| noun | verb | who | where |
|---|---|---|---|"""


def permissions(as_json: AsJson = False) -> None:
    """Print who may what: noun, verb, who and where. Needs no database."""
    if as_json:
        print_lines(facts(), as_json)
    else:
        print_text(page())


def facts() -> Iterator[dict[str, str]]:
    """Every right in words."""
    for right in RIGHTS:
        yield {"noun": right.noun, "verb": right.verb, "who": _who(right), "where": right.where}


def page() -> str:
    """The same as a page."""
    rows = [
        f"| {each['noun']} | {each['verb']} | {each['who']} | {each['where']} |" for each in facts()
    ]
    return "\n".join([_HEAD, *rows])


def _who(right: Right) -> str:
    return "; ".join(TIES[tie] for tie in right.who)
