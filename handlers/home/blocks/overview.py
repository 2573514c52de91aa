"""The window with what is open by age and expected by week; values in, Block Kit out."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bot.kit import block_kit
from bot.kit.block_kit import Block, View
from bot.kit.markup import Mrkdwn
from bot.kit.money import Money
from bot.kit.words import N_, Words
from handlers.home.blocks.home import OVERVIEW, money_label

CSV = "home.overview_csv"
_MOST_LETTERS = 2900

Ages = tuple[str, Mapping[str, int]]
"""A currency, and minor units by age."""
Week = tuple[date, str, int]
"""Its Monday, a currency, and minor units."""
Side = tuple[str, Sequence[Ages], Sequence[Week]]
"""A direction, by age and by week."""

_AGES = {
    "not_due": N_("not due yet"),
    "days_30": N_("1–30 days late"),
    "days_60": N_("31–60 days late"),
    "days_90": N_("61–90 days late"),
    "older": N_("over 90 days late"),
    "credit": N_("in credit"),
}


def age_labels(words: Words) -> dict[str, str]:
    """What the ages are called."""
    return {key: words.say(label) for key, label in _AGES.items()}


def overview(sides: Sequence[Side], words: Words) -> View:
    """By age both ways, then by week, each with its file."""
    blocks: list[Block] = [block_kit.header(words.say("What is open, by age"))]
    for direction, ages, _ in sides:
        blocks += _ages(direction, ages, words)
    blocks.append(_as_file("ages", words))
    blocks.append(block_kit.header(words.say("What is expected, by week")))
    for direction, _, weeks in sides:
        blocks += _weeks(direction, weeks, words)
    late = words.mark("What is late, disputed or in credit is expected in no week.")
    blocks += [block_kit.context(late), _as_file("weeks", words)]
    return block_kit.modal(
        words.say("Money at a glance"), blocks, callback_id=OVERVIEW, close=words.say("Close")
    )


def _ages(direction: str, ages: Sequence[Ages], words: Words) -> list[Block]:
    labels = age_labels(words)
    blocks = [block_kit.section(Mrkdwn(f"*{money_label(direction, words)}*"))]
    for currency, by_age in ages:
        pairs = [
            (label, _money(by_age[age], currency, words))
            for age, label in labels.items()
            if by_age.get(age)
        ]
        pairs.append((words.say("in sum"), _money(sum(by_age.values()), currency, words)))
        blocks.append(block_kit.facts(pairs))
    return blocks if ages else [*blocks, block_kit.context(words.mark("Nothing is open."))]


def _weeks(direction: str, weeks: Sequence[Week], words: Words) -> list[Block]:
    lines = [f"*{money_label(direction, words)}*"]
    for monday, currency, amount in weeks:
        sunday = monday + timedelta(days=6)
        days = f"{words.date(monday, 'short')} – {words.date(sunday, 'short')}"
        lines.append(f"{days}: {_money(amount, currency, words)}")
    if not weeks:
        lines.append(words.say("Nothing falls due in the next 13 weeks."))
    return [block_kit.section(Mrkdwn(block_kit.cut("\n".join(lines), _MOST_LETTERS)))]


def _as_file(what: str, words: Words) -> Block:
    button = block_kit.button(words.say("As CSV"), f"{CSV}:{what}", what)
    return block_kit.actions(button, block_id=f"csv:{what}")


def _money(minor: int, currency: str, words: Words) -> str:
    return words.money(Money(minor, currency))
