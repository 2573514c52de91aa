"""Routes for what is known of a customer."""

from bot.kit.replies import CloseView, OpenView, Reply
from bot.kit.routes import Click, Submission
from handlers.invoices.blocks import card, forms
from handlers.invoices.routes import routes
from handlers.invoices.service import actions
from storage.turn import Turn

_FILLED_IN = (
    "owner",
    "debtor",
    "language",
    "timezone",
    "tax_id",
    "address",
    "email",
    "channel",
    "aliases",
)


@routes.action(card.EDIT_CUSTOMER)
def edit(turn: Turn, click: Click) -> Reply:
    customer = actions.edited(turn, click.number)
    channel = actions.channel_of(turn, customer)
    policies = actions.policies_to_choose(turn)
    home = turn.catalogue.company.country
    return OpenView(forms.customer_form(customer, channel, turn.words, home, policies))


@routes.submission(forms.CUSTOMER_FORM)
def save(turn: Turn, form: Submission) -> Reply:
    facts = {name: str(form.values.get(name) or "") for name in _FILLED_IN}
    if actions.policies_to_choose(turn):
        facts["policy"] = str(form.values.get("policy") or "")
    actions.edit_customer(turn, form.metadata["customer"], facts)
    return CloseView()
