"""Agent view: the app's conversations as Slack shows those of an agent, with prompts to begin."""

from typing import Annotated

from pydantic import Field as having

from bot.kit.catalogue.labels import Label, Name, Value


class Prompt(Value):
    """What is offered at the beginning: its title, and the message that it writes."""

    title: Name
    message: Label


_PROMPTS = (
    Prompt(
        title=Name(en="My tickets", pl="Moje zgłoszenia", hu="Bejelentéseim"),
        message=Label(en="my tickets", pl="moje zgłoszenia", hu="bejelentéseim"),
    ),
    Prompt(
        title=Name(en="What is overdue?", pl="Co jest po terminie?", hu="Mi van lejárva?"),
        message=Label(en="what is overdue", pl="co jest po terminie", hu="lejárt számlák"),
    ),
    Prompt(
        title=Name(en="What can you do?", pl="Co potrafisz?", hu="Miben tudsz segíteni?"),
        message=Label(en="help", pl="pomoc", hu="segítség"),
    ),
)
_DESCRIPTION = Label(
    en="Asks the back office for you: tickets, invoices, documents.",
    pl="Załatwia Twoje sprawy z back office: zgłoszenia, faktury, dokumenty.",
    hu="Elintézi az ügyeidet a belső ügyintézésnél: bejelentések, számlák, dokumentumok.",
)


class AgentView(Value):
    """Off, the direct message is as it always was. Slack takes four prompts."""

    on: bool = False
    description: Label = _DESCRIPTION
    prompts: Annotated[tuple[Prompt, ...], having(min_length=1, max_length=4)] = _PROMPTS
