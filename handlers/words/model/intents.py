"""What a sentence wants, with what it names, and whether that is sure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from bot.kit.catalogue import DocumentKind
from bot.kit.language.spoken_days import take_day
from handlers.words.model.classifier import Classifier, trained
from handlers.words.model.concepts import STRANGE, lexicon
from handlers.words.model.document_kinds import document_kind, names_a_kind
from handlers.words.model.features import features, letters, words
from handlers.words.model.figures import Figures, figures
from handlers.words.model.matters import named

Intent = Literal[
    "ticket_create",
    "ticket_status",
    "invoice_status",
    "document_request",
    "due_list",
    "help",
    "approvals_waiting",
    "reminder_pause",
    "none",
]
INTENTS: tuple[Intent, ...] = (
    "ticket_status",
    "invoice_status",
    "due_list",
    "document_request",
    "help",
    "ticket_create",
)
"""What can be offered, in the order in which equals are: a question never begins with making
something.
"""
SMALL_TALK, OTHER = "small_talk", "other"
_CLEARLY_IN_A_LANGUAGE = 0.7
_MOST_CHOICES = 3
_WORTH_OFFERING = 0.05
_LEAST = 0.6
_LEAST_OF_OTHER = 0.8
"""That a sentence wants nothing of us is said only when that is clear: it may be a request whose
words nobody taught us.
"""
_CERTAIN = 0.99
_SPEAKS_OF: Mapping[str, frozenset[str]] = {
    "ticket_create": frozenset(
        (
            *("broken", "thing", "access", "order_goods", "fix_data"),
            *("staff", "create", "i_need", "urgent", "has_none"),
        )
    ),
    "ticket_status": frozenset(("ticket", "queue")),
    "invoice_status": frozenset(["invoice", "pay", "owe", "open", "overdue", "due", "promise"]),
    "document_request": frozenset(("document", "earn", "for_whom")),
    "due_list": frozenset(["overdue", "due", "debtors", "open", "owe", "pay", "my_customers"]),
    "help": frozenset(("help", "ability", "how_do_i")),
    SMALL_TALK: frozenset(
        (
            *("greeting", "thanks", "nod", "bye", "wish", "laugh"),
            *("apology", "feelings", "chatter", "trivia"),
        )
    ),
    OTHER: frozenset(("trivia", "chatter", "feelings", STRANGE)),
}
"""What must be said in so many words before an intent is sure."""
_ASKING = frozenset(
    (
        *("how", "how_do_i", "how_much", "where", "what", "who", "which", "when", "why"),
        *("is_it", "can_you", "i_need", "create", "help"),
    )
)
_MOST_STRANGERS = 0.5
_OF_INVOICES = ("invoice_status", "due_list")


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a sentence."""

    text: str
    intent: Intent
    is_sure: bool
    language: str
    figures: Figures
    day: date | None
    document_kind: str | None
    is_small_talk: bool
    is_asking: bool
    """Whether it is a question or a wish, by its words or by a number or a name in it."""
    choices: tuple[Intent, ...]
    """What to offer when it is not sure, two or three."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a sentence is read against."""

    today: date
    kinds: Mapping[str, DocumentKind]
    prefix: str = "BO"
    language: str = "en"


def language_of(text: str, otherwise: str) -> str:
    """The language that a text is clearly in, else the one given."""
    result = trained().languages.probabilities(letters(text))
    best = max(result, key=lambda each: result[each])
    return best if result[best] >= _CLEARLY_IN_A_LANGUAGE else otherwise


def prepare(text: str, setting: Setting) -> tuple[str, date | None, Figures]:
    """Language, day and numbers of a sentence."""
    language = language_of(text, setting.language)
    day, rest = without_day(text, setting.today, language)
    return language, day, figures(rest, setting.prefix)


def without_day(text: str, today: date, language: str) -> tuple[date | None, str]:
    """``12/10/2026`` is a day beside a paper that is made as of one, and elsewhere a number."""
    return take_day(text, today, language, slashes=names_a_kind(text, but="invoice"))


def understand(text: str, setting: Setting, *, names: tuple[str, ...] = ()) -> Understood:
    """``names`` are the words of the text that name a customer whom its writer may see."""
    language, day, numbers = prepare(text, setting)
    plain = numbers.plain
    for name in names:
        plain = plain.replace(name, " name# ")
    best, chance, chances = judge(plain, numbers, trained().intents)
    is_nonsense = _is_nonsense(plain)
    is_none = is_nonsense or best in (SMALL_TALK, OTHER)
    least = _LEAST_OF_OTHER if best == OTHER else _LEAST
    is_sure = chance >= max(least, trained().sure_from[best]) and is_said(best, plain)
    matter = named(plain)
    return Understood(
        text=text,
        intent=matter or ("none" if is_none else cast(Intent, best)),
        is_sure=bool(matter) or is_nonsense or is_sure,
        language=language,
        figures=numbers,
        day=day,
        document_kind=document_kind(plain, setting.kinds),
        is_small_talk=best == SMALL_TALK and not is_nonsense and not matter,
        is_asking=bool(names or matter) or _is_asking(text, plain, numbers),
        choices=_choices(chances),
    )


def judge(
    plain: str, numbers: Figures, model: Classifier
) -> tuple[str, float, Mapping[str, float]]:
    """The likeliest intent, its chance, and that of each.

    What a number or a name says is no matter of chance: a code is a document's, and what is due of
    one customer is asked of that customer.
    """
    chances = model.probabilities(features(plain))
    best = max(chances, key=lambda each: chances[each])
    if numbers.code:
        return "document_request", 1.0, chances
    if best in (SMALL_TALK, OTHER):
        return best, chances[SMALL_TALK] + chances[OTHER], chances
    if best in _OF_INVOICES and (numbers.invoice or numbers.amount or "name#" in words(plain)):
        best, chance = "invoice_status", sum(chances[each] for each in _OF_INVOICES)
    else:
        chance = chances[best]
    return best, _CERTAIN if _is_named(best, plain, numbers) else chance, chances


def _is_named(best: str, plain: str, numbers: Figures) -> bool:
    """Whether what is wanted stands there by its own number, or as a kind of document."""
    return (
        (best == "invoice_status" and numbers.invoice is not None)
        or (best == "ticket_status" and numbers.ticket is not None)
        or (best == "document_request" and names_a_kind(plain))
    )


def is_said(best: str, plain: str) -> bool:
    """Whether the words speak of it, and strange ones are not most of what is said."""
    concepts = lexicon().of([word for word in words(plain) if word != "?"])
    strange = concepts.count(STRANGE)
    return not _SPEAKS_OF[best].isdisjoint(concepts) and (
        best == OTHER or strange <= 1 or strange <= _MOST_STRANGERS * len(words(plain))
    )


def _is_asking(text: str, plain: str, numbers: Figures) -> bool:
    is_about_one = numbers.invoice or numbers.ticket or numbers.code or numbers.tax_number
    is_said = not _ASKING.isdisjoint(lexicon().of(words(plain)))
    return "?" in text or bool(is_about_one) or is_said


def _is_nonsense(plain: str) -> bool:
    """No word of it is one that we know."""
    spoken = [word for word in words(plain) if word not in ("?", "number#")]
    return set(lexicon().of(spoken)) <= {STRANGE}


def _choices(chances: Mapping[str, float]) -> tuple[Intent, ...]:
    """The two or three likeliest; making something is offered last."""
    ranked = sorted(INTENTS, key=lambda each: -chances[each])
    likely = [each for each in ranked if chances[each] >= _WORTH_OFFERING]
    chosen = likely[:_MOST_CHOICES] if len(likely) > 1 else ranked[:2]
    return tuple(sorted(chosen, key=lambda each: each == "ticket_create"))
