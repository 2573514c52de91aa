"""Which kind of document is meant: by words that everybody uses for what the bot makes, and by the
catalogue's own.
"""

import re
from collections.abc import Mapping

from bot.kit.catalogue import DocumentKind
from bot.kit.folding import fold
from bot.kit.phrases import terms, weight

_EARNINGS = (
    r"earn|income|salar|wage|zarob|zarab|dochod|wynagrodz|pensj|jovedelm|jovedelem|kereset|bere"
    r"|ber(?!let)|fizetesem"
)
_PAPER = r"certificat|proof|confirm|zaswiadcz|potwierdz|igazol"
_IN_OTHER_MATTERS = frozenset(("contract", "delivery_note"))
"""Kinds whose name is said as often by who wants something done with one."""
# The first that holds. `all` must stand in the text, as beginnings of words.
_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "final_demand",
        (r"final|ostateczn|przedsadow|utolso|peres|before court", r"demand|wezwan|felszol"),
    ),
    ("final_demand", (r"przedsadow",)),
    ("balance_confirmation", (r"balance|sald|egyenleg", rf"{_PAPER}|uzgodn|egyezt")),
    ("balance_confirmation", (r"egyenlegkozl|egyenlegegyezt",)),
    ("interest_note", (r"interest|odset|kamat",)),
    ("payslip", (r"payslip|pay slip|pasek|paska|paski|berjegyz|berlap|rmua",)),
    ("earnings_certificate", (r"jovedelemigazol|keresetigazol|berigazol",)),
    ("earnings_certificate", (_PAPER, _EARNINGS)),
    ("earnings_certificate", (r"i earn|zarabiam|mennyit keresek",)),
    (
        "delivery_note",
        (r"deliver|dostaw|szallit", r"note|proof|confirm|potwierdz|dokument|level|igazol"),
    ),
    ("delivery_note", (r"wz$|szallitolevel|atveteli",)),
    ("ticket_transcript", (r"transcript|zapis\w* zgloszen|atirat",)),
    (
        "ticket_transcript",
        (
            r"ticket|zgloszeni|jegy|bejelent",
            r"pdf|export|wydruk|nyomtat|printout|document|dokument",
        ),
    ),
    ("ticket_transcript", (r"ticket", r"kinyomtat")),
    ("invoice_copy", (r"copy|copies|duplicat|kopi|duplikat|odpis|masolat|masodpeld|szamlamas",)),
    ("invoice_copy", (r"invoice|faktur|szaml", r"pdf")),
    (
        "payment_reminder",
        (
            r"remind|przypomn|monit|emlekezt",
            r"letter|pdf|pism|monit|level|payment|platnosc|fizetes",
        ),
    ),
    ("payment_reminder", (r"monit$|monitu",)),
    ("payment_demand", (r"demand|wezwan|ponagl|felszol|dunning",)),
    ("account_statement", (r"statement|statment|wyciag|zestawien|kivonat|folyoszamla|kimutat",)),
    ("contract", (r"contract|agreement|annex|umow|aneks|szerzod",)),
    ("employment_certificate", (_PAPER,)),
    ("employment_certificate", (r"i work here|tu pracuj|itt dolgoz",)),
    (
        "employment_certificate",
        (
            r"employ|munkaviszony|pracodawc|munkaltat|zatrudn",
            r"letter|pism|level|papi|paper|writ",
        ),
    ),
)


def document_kind(text: str, kinds: Mapping[str, DocumentKind]) -> str | None:
    """The kind of document that a text names; the company's own kinds by their labels and keywords.

    *Certificate*, *zaświadczenie*, *igazolás* alone are of employment.
    """
    folded = fold(text)
    for kind, conditions in _RULES:
        if kind in kinds and all(_begins_a_word(each, folded) for each in conditions):
            return kind
    formses = terms(text)
    weights = {key: weight(_names(kind), formses) for key, kind in kinds.items()}
    best = max(weights, key=lambda key: weights[key], default=None)
    return best if best and weights[best] else None


def names_a_kind(text: str) -> bool:
    """Whether one of the kinds that the bot knows by itself is named."""
    folded = fold(text)
    return any(all(_begins_a_word(each, folded) for each in conditions) for _, conditions in _RULES)


def _begins_a_word(pattern: str, folded: str) -> bool:
    return re.search(rf"\b(?:{pattern.replace('$', chr(92) + 'b')})", folded) is not None


def _names(kind: DocumentKind) -> tuple[str, ...]:
    label, words = kind.label, kind.keywords
    return (label.en, label.pl, label.hu, *words.en, *words.pl, *words.hu)
