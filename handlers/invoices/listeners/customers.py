"""Routes for what is known of a customer."""

from bot.kit.replies import CloseView, OpenView, Reply
from bot.kit.routes import Click, Submission
from handlers.invoices.blocks import card, customer_form
from handlers.invoices.blocks.customer_form import Edited
from handlers.invoices.routes import routes
from handlers.invoices.service import actions
from storage.turn import Turn


@routes.action(card.EDIT_CUSTOMER)
def edit(turn: Turn, click: Click) -> Reply:
    customer = actions.edited(turn, click.number)
    edited = Edited(customer, actions.channel_of(turn, customer), turn.words)
    policies = actions.policies_to_choose(turn)
    return OpenView(customer_form.form(edited, turn.catalogue.company.country, policies))


@routes.submission(customer_form.FORM)
def save(turn: Turn, form: Submission) -> Reply:
    shown = [name for name in customer_form.FIELDS if name in form.values]
    facts = {name: str(form.values[name] or "") for name in shown}
    if actions.policies_to_choose(turn):
        facts["policy"] = str(form.values.get("policy") or "")
    actions.edit_customer(turn, form.metadata["customer"], facts)
    return CloseView()
