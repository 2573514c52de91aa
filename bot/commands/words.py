"""``zaplecze route``: what the bot makes of a sentence."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.output import AsJson, print_lines

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.kit.catalogue import Catalogue
    from handlers.words.model.intents import Understood

_NO_LANGUAGE = "“{language}” is no language of mine. Write en, pl or hu."


def route(
    text: Annotated[str, typer.Argument(help="What somebody writes to the bot.")],
    language: Annotated[
        str, typer.Option("--as", help="The writer's language: en, pl or hu.")
    ] = "en",
    as_json: AsJson = False,
) -> None:
    """Say what the bot would understand of a sentence. Needs no database; without one it names no
    customer.
    """
    from bot.catalogue.loader import load
    from bot.config import Settings
    from bot.kit.words import LANGUAGES

    if language not in LANGUAGES:
        raise typer.BadParameter(_NO_LANGUAGE.format(language=language))
    settings = Settings()
    understood, customers = _understand(settings, load(settings.config), text, language)
    facts = _facts(understood, customers)
    print_lines([facts if as_json else _in_words(facts)], as_json)


def _understand(
    settings: "Settings", catalogue: "Catalogue", text: str, language: str
) -> "tuple[Understood, list[str]]":
    """With the customers of the database, where there is one."""
    from zoneinfo import ZoneInfo

    from bot.edge.turns import HOME
    from bot.kit.clock import from_setting
    from bot.startup import looking
    from handlers.words.model.intents import understand
    from handlers.words.service import interpretation

    with looking(settings, {HOME: catalogue}) as turns:
        if turns is None:
            now = from_setting(settings.clock)()
            today = now.astimezone(ZoneInfo(catalogue.timezone)).date()
            return understand(text, interpretation.setting(catalogue, today, language)), []
        with turns.turn(HOME, reads=True) as turn:
            read = interpretation.read(turn, text, language)
            return read.understood, [customer.name for customer in read.customers]


def _facts(understood: "Understood", customers: list[str]) -> dict[str, Any]:
    figures = understood.figures
    return {
        "intent": understood.intent,
        "sure": understood.is_sure,
        "language": understood.language,
        "invoice": figures.invoice,
        "ticket": figures.ticket,
        "document_kind": understood.document_kind if _may_be_a_document(understood) else None,
        "customer": customers[0] if len(customers) == 1 else None,
        "date": understood.day.isoformat() if understood.day else None,
        "amount": figures.amount,
        "currency": figures.currency if figures.amount else None,
        "choices": [] if understood.is_sure else list(understood.choices),
    }


def _may_be_a_document(understood: "Understood") -> bool:
    wanted = (understood.intent,) if understood.is_sure else understood.choices
    return "document_request" in wanted


def _in_words(facts: dict[str, Any]) -> str:
    """One line for people."""
    named = [f"{key} {facts[key]}" for key in facts if key not in ("intent", "sure", "choices")]
    text = ", ".join(each for each in named if not each.endswith(" None"))
    sure = "sure" if facts["sure"] else f"not sure, offers {', '.join(facts['choices'])}"
    return f"{facts['intent']} ({sure}): {text}"


def meant(as_json: AsJson = False) -> None:
    """Print what people meant where the bot had understood something else, without names and
    numbers.
    """
    from bot.config import Settings
    from bot.edge.turns import HOME
    from bot.startup import office
    from handlers.words.service import corrections

    with office(Settings()) as turns, turns.turn(HOME) as turn:
        kept = corrections.kept(turn)
    lines = [
        f"{item['at'][:10]} {item['language']}: {item['sentence']} ({item['guess']} → "
        f"{item['meant']})"
        for item in kept
    ]
    print_lines(kept if as_json else lines, as_json)
