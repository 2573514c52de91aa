"""The columns of a table that was sent: a card to confirm what they mean, and a form to
change it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.kit import block_kit
from bot.kit.block_kit import Block, View
from bot.kit.markup import Mrkdwn, person
from bot.kit.tables.directions import INWARDS, OUTWARDS
from bot.kit.tables.layout import Layout
from bot.kit.words import N_, Words
from handlers.invoices.columns.layout import KINDS, Kind, asked_of, kind_of, missing

CONFIRM = "invoices.confirm_columns"
CHANGE = "invoices.change_columns"
FORM = "invoices.columns_form"
DECIMAL, DAYS, CURRENCY, OURS = (
    "written_decimal",
    "written_days",
    "constant_currency",
    "constant_side",
)
WORDS = {INWARDS: "constant_words_in", OUTWARDS: "constant_words_out"}
_ANSWERS = {
    "days": (DAYS,),
    "decimal": (DECIMAL,),
    "currency": (CURRENCY,),
    "direction": tuple(WORDS.values()),
}
_ASKED = {
    "days": N_(
        "The days can be read in two ways: say in the form whether the day or the month comes "
        "first."
    ),
    "decimal": N_(
        "The amounts can be read in two ways: say in the form which sign parts the decimals."
    ),
    "currency": N_("Nothing tells the currency: say it in the form."),
    "direction": N_(
        "Not every row says whether money came in or went out: say in the form what the words mean."
    ),
}

LABELS: Mapping[Kind, Mapping[str, str]] = {
    "invoices": {
        "number": N_("Invoice number"),
        "kind": N_("Kind of invoice"),
        "issued_on": N_("Issue date"),
        "due_on": N_("Due date"),
        "currency": N_("Currency"),
        "net": N_("Net amount"),
        "tax": N_("VAT amount"),
        "total": N_("Gross total"),
        "prepaid": N_("Paid in advance"),
        "to_pay": N_("Amount to pay"),
        "paid": N_("Paid: how much, or whether"),
        "paid_on": N_("Paid on"),
        "seller_name": N_("Seller's name"),
        "seller_tax_id": N_("Seller's tax number"),
        "seller_country": N_("Seller's country"),
        "buyer_name": N_("Buyer's name"),
        "buyer_tax_id": N_("Buyer's tax number"),
        "buyer_country": N_("Buyer's country"),
        "account": N_("Account to pay to"),
        "corrects": N_("Corrected invoice"),
        "ksef_number": N_("KSeF number"),
    },
    "payments": {
        "booked_on": N_("Booking date"),
        "amount": N_("Amount"),
        "debit": N_("Money out"),
        "credit": N_("Money in"),
        "direction": N_("In or out"),
        "currency": N_("Currency"),
        "title": N_("Title of the transfer"),
        "counterparty": N_("Other party"),
        "payer": N_("Payer"),
        "payee": N_("Payee"),
        "counterparty_account": N_("Other party's account"),
        "payer_account": N_("Payer's account"),
        "payee_account": N_("Payee's account"),
        "account": N_("Our account"),
        "reference": N_("Bank's reference"),
        "balance": N_("Balance"),
        "state": N_("State of the booking"),
    },
}
_AMOUNTS = {",": "1234,50", ".": "1234.50"}
_DAYS = {"ymd": "2026-12-31", "dmy": "31.12.2026", "mdy": "12/31/2026"}
_NONE = "-"
_MOST_HEADINGS = 50  # of the options of each menu: a form may be 250 kB
_CELL = 32


def text_of(name: str, words: Words) -> str:
    """The card as a plain line."""
    return words.say("{name}: are its columns understood rightly?", name=name)


def card(
    table: int,
    name: str,
    layout: Layout,
    side: str | None,
    others: Sequence[Kind],
    confirmed_by: str | None,
    words: Words,
) -> list[Block]:
    """Which heading means what, with the first rows and buttons; once confirmed, by whom, and a
    button to change it.
    """
    buttons = _buttons(table, layout, others, bool(confirmed_by), words)
    if confirmed_by:
        text = words.mark(
            "*{name}*: columns confirmed by {person}.", name=name, person=person(confirmed_by)
        )
        return [block_kit.section(text), buttons]
    remarks = block_kit.context(*_remarks(layout, side, words))
    return [
        block_kit.section(_question(name, layout, words)),
        block_kit.table(_rows(layout, words)),
        remarks,
        buttons,
    ]


def known(text: str, table: int, by: str | None, at: datetime, words: Words) -> list[Block]:
    """What a table brought that was read by columns which somebody had confirmed before."""
    who = person(by) if by else words.mark("the command line")
    moment = block_kit.moment(at, at.isoformat(timespec="minutes"))
    read = words.mark(
        "Read by the columns that {person} confirmed {moment}.", person=who, moment=moment
    )
    change = block_kit.button(words.say("Change the columns…"), f"{CHANGE}:{table}", str(table))
    return [block_kit.section(text), block_kit.context(read), block_kit.actions(change)]


def form(table: int, layout: Layout, side: str | None, words: Words) -> View:
    """What the table leaves open, then a menu of headings for each thing that a column can mean."""
    needed, options = _needed(layout), _headings(layout)
    blocks: list[Block] = []
    for name in KINDS[layout.kind].fields:
        blocks.append(_menu(name, layout, options, name in needed, words))
    blocks += _written(layout, side, words)
    asked: set[str] = set()
    for name in asked_of(layout):
        asked.update(_ANSWERS[name])
    return block_kit.modal(
        words.say("Columns of the invoices")
        if layout.kind == "invoices"
        else words.say("Columns of the bank"),
        sorted(blocks, key=lambda block: block["block_id"] not in asked),
        callback_id=FORM,
        submit=words.say("Import"),
        close=words.say("Cancel"),
        metadata={"table": table, "kind": layout.kind},
    )


def _needed(layout: Layout) -> set[str]:
    """The fields that nothing else can stand in for."""
    needed: set[str] = set()
    for names in KINDS[layout.kind].needed:
        if len(names) == 1:
            needed.update(names)
    return needed


def chosen_columns(kind: Kind, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """The numbers of the columns that a form's menus gave each field."""
    columns: dict[str, list[str]] = {}
    for name in KINDS[kind].fields:
        value = values.get(name)
        places = [value] if isinstance(value, str) else list(value or ())
        if places and places != [_NONE]:
            columns[name] = places
    return columns


def _question(name: str, layout: Layout, words: Words) -> Mrkdwn:
    if missing(layout):
        return words.mark(
            "I do not know what the columns of *{name}* mean. What does it hold?", name=name
        )
    if layout.kind == "invoices":
        return words.mark(
            "*{name}* looks like a table of invoices. Are its columns understood rightly?",
            name=name,
        )
    return words.mark(
        "*{name}* looks like a bank statement. Are its columns understood rightly?", name=name
    )


def _rows(layout: Layout, words: Words) -> list[list[str]]:
    """The head, then a row for each column of the table that means something, else for each
    heading.
    """
    means = _meanings(layout)
    rows = [[words.say("Heading"), words.say("Means"), words.say("First rows")]]
    for place in sorted(means) or _headed(layout)[:20]:
        rows.append(_row(place, means.get(place), layout, words))
    return rows


def _meanings(layout: Layout) -> dict[int, str]:
    """By its place, which field a column holds."""
    means: dict[int, str] = {}
    for name, places in layout.columns.items():
        means.update(dict.fromkeys(places, name))
    return means


def _headed(layout: Layout) -> list[int]:
    """The places of the columns that have a heading."""
    return [place for place, heading in enumerate(layout.headings) if heading.strip()]


def _row(place: int, means: str | None, layout: Layout, words: Words) -> list[str]:
    label = words.say(LABELS[kind_of(layout)][means]) if means else "–"
    samples = [block_kit.cut(cell.strip(), _CELL) for cell in _cells(layout, place)]
    heading = block_kit.cut(_heading(layout, place), _CELL)
    return [heading, label, " · ".join(dict.fromkeys(samples))]


def _cells(layout: Layout, place: int) -> Iterator[str]:
    """What stands in a column in the first rows."""
    for row in layout.sample:
        if place < len(row) and row[place].strip():
            yield row[place]


def _heading(layout: Layout, place: int) -> str:
    return " ".join(layout.headings[place].split()) or f"{place + 1}."


def _remarks(layout: Layout, side: str | None, words: Words) -> Iterator[Mrkdwn]:
    """How the cells are written, what is still asked, what holds for every row, what is left."""
    asks = asked_of(layout)
    if "days" not in asks and "decimal" not in asks:
        yield words.mark(
            "Amounts are written like {amount}, days like {day}.",
            amount=_AMOUNTS[layout.decimal],
            day=_DAYS[layout.days],
        )
    for name in asks:
        yield words.mark(_ASKED[name])
    currency = layout.constants.get("currency")
    if currency:
        yield words.mark("Currency: {currency}.", currency=currency)
    if side == "seller":
        yield words.mark("Our own sales: we are the seller.")
    if side == "buyer":
        yield words.mark("Our own purchases: we are the buyer.")
    unused = _unused(layout)
    if unused:
        headings = block_kit.cut(", ".join(unused), 300)
        yield words.mark("Not used: {headings}.", headings=headings)


def _unused(layout: Layout) -> list[str]:
    """The headings of what means nothing; none where nothing at all is understood."""
    used = _meanings(layout)
    if not used:
        return []
    return [layout.headings[place].strip() for place in _headed(layout) if place not in used]


def _buttons(
    table: int, layout: Layout, others: Sequence[Kind], is_taken: bool, words: Words
) -> Block:
    value = str(table)
    buttons = []
    if not is_taken and not missing(layout) and not asked_of(layout):
        buttons.append(
            block_kit.button(words.say("Import it like this"), CONFIRM, value, style="primary")
        )
    names = {"invoices": N_("These are invoices…"), "payments": N_("It is a bank statement…")}
    own = N_("Change the columns…") if not missing(layout) else names[kind_of(layout)]
    kinds = [(kind_of(layout), own)]
    if not is_taken:
        kinds += [(kind, names[kind]) for kind in others]
    for kind, label in kinds:
        buttons.append(block_kit.button(words.say(label), f"{CHANGE}:{table}:{kind}", value))
    return block_kit.actions(*buttons)


def _headings(layout: Layout) -> list[dict[str, Any]]:
    """Each heading once, with what stands below it first; reading goes by headings, so a second one
    is no choice.
    """
    seen: dict[str, int] = {}
    for place, heading in enumerate(layout.headings):
        if heading.strip() or layout.kind == "payments":
            seen.setdefault(heading.strip() or f"{place}", place)
    return [_option(layout, place) for place in list(seen.values())[:_MOST_HEADINGS]]


def _option(layout: Layout, place: int) -> dict[str, Any]:
    below = next(_cells(layout, place), "")
    label = block_kit.cut(_heading(layout, place), 45)
    if below:
        label += f" · {block_kit.cut(below, 26)}"
    return block_kit.option(label, str(place))


def _menu(
    name: str, layout: Layout, options: Sequence[dict[str, Any]], is_needed: bool, words: Words
) -> Block:
    label = words.say(LABELS[kind_of(layout)][name])
    chosen = list(map(str, layout.columns.get(name, ())))
    if name in KINDS[layout.kind].several:
        return block_kit.field(
            label, block_kit.multi_select(name, options, chosen=chosen), name=name, optional=True
        )
    none = [] if is_needed else [block_kit.option(words.say("– not in the table –"), _NONE)]
    menu = block_kit.select(name, [*none, *options], chosen=next(iter(chosen), None))
    return block_kit.field(label, menu, name=name, optional=not is_needed)


def _written(layout: Layout, side: str | None, words: Words) -> list[Block]:
    """How amounts and days are written, and what no column tells."""
    amounts, days = block_kit.options(_AMOUNTS.items()), block_kit.options(_DAYS.items())
    currency = block_kit.text_input(
        CURRENCY, initial=layout.constants.get("currency", ""), most=3, placeholder="PLN"
    )
    blocks = [
        block_kit.field(
            words.say("Amounts like"),
            block_kit.select(DECIMAL, amounts, chosen=_known(layout, "decimal", layout.decimal)),
            name=DECIMAL,
        ),
        block_kit.field(
            words.say("Days like"),
            block_kit.select(DAYS, days, chosen=_known(layout, "days", layout.days)),
            name=DAYS,
        ),
        block_kit.field(
            words.say("Currency where no column tells it"), currency, name=CURRENCY, optional=True
        ),
    ]
    if layout.kind == "payments":
        return [*blocks, *_directions(layout, words)]
    sides = [
        block_kit.option(words.say("as the columns tell"), _NONE),
        block_kit.option(words.say("our own sales"), "seller"),
        block_kit.option(words.say("our own purchases"), "buyer"),
    ]
    return [
        *blocks,
        block_kit.field(
            words.say("Whose invoices are these?"),
            block_kit.select(OURS, sides, chosen=side or _NONE),
            name=OURS,
        ),
    ]


def _known(layout: Layout, what: str, written: str) -> str | None:
    """Nothing is chosen beforehand where the table leaves it open."""
    return None if what in layout.asks else written


def _directions(layout: Layout, words: Words) -> list[Block]:
    """Words for money in and out that the bank alone writes."""
    labels = {
        INWARDS: words.say("Words for money in, parted by commas"),
        OUTWARDS: words.say("Words for money out, parted by commas"),
    }
    return [
        block_kit.field(
            labels[name],
            block_kit.text_input(block, initial=layout.constants.get(name, ""), most=300),
            name=block,
            optional=True,
        )
        for name, block in WORDS.items()
    ]
