"""Reminders for scripts: what ``reminders plan|why|run --json`` print."""

from collections.abc import Sequence

from bot.kit.words import Words
from handlers.ledger.service.lookup import Entry
from handlers.reminders.blocks.reasons import told
from handlers.reminders.model.rules import Rule
from handlers.reminders.service.explanation import Explained
from handlers.reminders.service.plan import Planned

ENGLISH = Words("en")


def plan_json(planned: Planned) -> dict[str, object]:
    """A message that would go. Where it holds several currencies ``totals`` has them all, ``total``
    the first.
    """
    totals = [{"total": money.plain(), "currency": money.currency} for money in planned.amounts]
    reason = planned.stage.label.en
    if planned.needs_approval:
        reason += "; it needs the approval of finance"
    return {
        "on": planned.on.isoformat(),
        "audience": planned.audience,
        "stage": planned.stage.key,
        "customer": planned.customer,
        "invoices": list(planned.invoices),
        **totals[0],
        "totals": totals,
        "reason": reason,
    }


def plan_text(planned: Planned) -> str:
    """The same for people."""
    amounts = ", ".join(f"{money.plain()} {money.currency}" for money in planned.amounts)
    approval = " (after approval)" if planned.needs_approval else ""
    invoices = ", ".join(planned.invoices)
    return (
        f"{planned.on}  {planned.stage.label.en}{approval} to {planned.audience}: "
        f"{planned.customer}, {amounts} "
        f"({invoices})"
    )


def why_json(entry: Entry, explaineds: Sequence[Explained]) -> dict[str, object]:
    """The decision nearest to a message, rule by rule; ``decisions`` are those of each audience and
    instalment.
    """
    first = explaineds[0]
    return {
        "number": entry.invoice.number,
        "decision": first.decision.verdict,
        "rules": list(map(_rule, first.decision.rules)),
        "audience": first.audience,
        "stage": first.decision.stage.key if first.decision.stage else None,
        "decisions": list(map(_decision, explaineds)),
    }


def why_text(entry: Entry, explaineds: Sequence[Explained]) -> str:
    """The same for people."""
    first = explaineds[0]
    lines = [f"{entry.invoice.number}: {first.decision.verdict}"]
    for rule in first.decision.rules:
        lines.append(f"  {'yes' if rule.passed else 'NO '}  {told(rule.because, ENGLISH).strip()}")
    return "\n".join(lines)


def _decision(item: Explained) -> dict[str, object]:
    return {
        "audience": item.audience,
        "due_on": item.due_on.isoformat() if item.due_on else None,
        "decision": item.decision.verdict,
        "stage": item.decision.stage.key if item.decision.stage else None,
        "rule": item.decision.reason or None,
    }


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "rule": rule.rule,
        "passed": rule.passed,
        "because": told(rule.because, ENGLISH).strip(),
    }
