"""The form of somebody's quiet hours, and how Home names them."""

from bot.kit import block_kit
from bot.kit.block_kit import View
from bot.kit.words import Words
from bot.kit.working_time import QuietHours

OPEN = "home.quiet"
FORM = "home.quiet_hours"


def form(quiet: QuietHours | None, words: Words) -> View:
    """From when to when somebody wants no reminders."""
    since, until = (_clock_time(quiet.since), _clock_time(quiet.until)) if quiet else (None, None)
    return block_kit.modal(
        words.say("Quiet hours"),
        [
            block_kit.section(
                words.mark(
                    "Reminders wait until these hours end. Answers to you, and targets that are "
                    "about to be missed, come at once."
                )
            ),
            block_kit.field(
                words.say("From what time"),
                block_kit.time_picker("home.since", chosen=since),
                name="since",
                optional=True,
            ),
            block_kit.field(
                words.say("Until what time"),
                block_kit.time_picker("home.until", chosen=until),
                name="until",
                optional=True,
                hint=words.say(
                    "By the clock of your time zone in Slack. Both empty: no quiet hours."
                ),
            ),
        ],
        callback_id=FORM,
        submit=words.say("Save"),
        close=words.say("Cancel"),
    )


def _clock_time(minutes: int) -> str:
    """Minutes from midnight as ``HH:MM``."""
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}"


def label(quiet: QuietHours | None, words: Words) -> str:
    if quiet is None:
        return words.say("Choose…")
    return f"{_clock_time(quiet.since)}–{_clock_time(quiet.until)}"
