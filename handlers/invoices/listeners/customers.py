"""Doors for what is known of a customer."""

from bot.kit.doors import Click, Submission
from bot.kit.replies import CloseView, OpenView, Reply
from handlers.invoices import service
from handlers.invoices.blocks import card, forms
from handlers.invoices.doors import doors
from storage import people
from storage.turn import Turn


@doors.action(card.EDIT_CUSTOMER)
def edit(turn: Turn, click: Click) -> Reply:
    customer = service.edited(turn, int(str(click.value)))
    channel = people.channel_id(turn, customer.channel) if customer.channel else None
    policies = service.policies_to_choose(turn)
    return OpenView(forms.customer_form(customer, channel, turn.words, policies))


@doors.submission(forms.CUSTOMER_FORM)
def save(turn: Turn, form: Submission) -> Reply:
    facts = {
        name: str(form.values.get(name) or "")
        for name in ("owner", "language", "timezone", "channel", "aliases")
    }
    if service.policies_to_choose(turn):
        facts["policy"] = str(form.values.get("policy") or "")
    service.edit_customer(turn, form.metadata["customer"], facts)
    return CloseView()
