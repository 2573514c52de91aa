"""Reminders for scripts: what ``reminders plan|why|run --json`` print."""

from collections.abc import Sequence

from bot.kit.words import Words
from handlers.ledger.service.lookup import Entry
from handlers.reminders.blocks.reasons import told
from handlers.reminders.model.rules import Rule
from handlers.reminders.service.explanation import Explained
from handlers.reminders.service.plan import Planned

ENGLISH = Words("en")


def plan_json(one: Planned) -> dict[str, object]:
    """A message that would go. Where it holds several currencies ``totals`` has them all, ``total``
    the first.
    """
    totals = [{"total": money.plain(), "currency": money.currency} for money in one.amounts]
    reason = [
        one.stage.label.en,
        *(["it needs the approval of finance"] if one.needs_approval else []),
    ]
    return {
        "on": one.on.isoformat(),
        "audience": one.audience,
        "stage": one.stage.key,
        "customer": one.customer,
        "invoices": list(one.invoices),
        **totals[0],
        "totals": totals,
        "reason": "; ".join(reason),
    }


def plan_text(one: Planned) -> str:
    """The same for people."""
    amounts = ", ".join(f"{money.plain()} {money.currency}" for money in one.amounts)
    approval = " (after approval)" if one.needs_approval else ""
    invoices = ", ".join(one.invoices)
    return (
        f"{one.on}  {one.stage.label.en}{approval} to {one.audience}: {one.customer}, {amounts} "
        f"({invoices})"
    )


def why_json(entry: Entry, found: Sequence[Explained]) -> dict[str, object]:
    """The decision nearest to a message, rule by rule; ``decisions`` are those of each audience and
    instalment.
    """
    first = found[0]
    return {
        "number": entry.invoice.number,
        "decision": first.decision.verdict,
        "rules": [_rule(rule) for rule in first.decision.rules],
        "audience": first.audience,
        "stage": first.decision.stage.key if first.decision.stage else None,
        "decisions": [
            {
                "audience": one.audience,
                "due_on": one.due_on.isoformat() if one.due_on else None,
                "decision": one.decision.verdict,
                "stage": one.decision.stage.key if one.decision.stage else None,
                "rule": one.decision.reason or None,
            }
            for one in found
        ],
    }


def why_text(entry: Entry, found: Sequence[Explained]) -> str:
    """The same for people."""
    first = found[0]
    lines = [f"{entry.invoice.number}: {first.decision.verdict}"]
    for rule in first.decision.rules:
        lines.append(f"  {'yes' if rule.passed else 'NO '}  {told(rule.because, ENGLISH).strip()}")
    return "\n".join(lines)


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "rule": rule.rule,
        "passed": rule.passed,
        "because": told(rule.because, ENGLISH).strip(),
    }
