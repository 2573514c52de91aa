"""Matters that have words of their own: what waits for the writer's approval, and reminders that
are to be silent or to go on. No chance decides where these words stand.
"""

import re
from typing import Literal

from bot.kit.folding import fold

Matter = Literal["approvals_waiting", "reminder_pause"]

_REMINDERS = r"\b(?:reminders?|dunning|przypomnien\w*|ponaglen\w*|emlekeztet(?:o|ok|oi|oj)\w*)\b"
_SILENCE = (
    r"\b(?:paus\w*|suspend\w*|stop\w*|halt\w*|mute\w*|silence|hold|no more|do not send|don t send"
    r"|wstrzym\w*|zawies\w*|zatrzym\w*|wylacz\w*|przerw\w*|pauz\w*|nie wysylaj\w*"
    r"|szunetel\w*|fugge\w*|felfugg\w*|allits\w*|leallit\w*|ne kuld\w*|kapcsol\w*)\b"
)
_GO_ON = (
    r"\b(?:resum\w*|restart\w*|unpaus\w*|continue|go on|switch on|wznow\w*|wznawi\w*|przywroc\w*"
    r"|wlacz\w*|odwies\w*|folytat\w*|folytas\w*|indits\w*|ujraind\w*|visszakapcs\w*|oldd)\b"
)
_APPROVALS = (
    r"\b(?:for|on|needs?|awaits?|awaiting) my (?:approval|decision|sign off|okay|ok)\b",
    r"\bwhat (?:do|should|must|can) i (?:still )?(?:(?:have|need) to )?(?:approve|decide)\b",
    r"\b(?:anything|something|what is there)(?: for me)? to approve\b",
    r"\bmy (?:pending |open |outstanding )?(?:approvals|decisions)\b",
    r"\b(?:pending|open|waiting|outstanding) approvals\b",
    r"\bapprovals? (?:is |are )?(?:waiting|pending)(?: for me)?\b",
    r"\bto be approved by me\b",
    r"\b(?:na|do) moj\w+ (?:akcept\w*|zgod\w*|decyzj\w*|zatwierdz\w*)",
    r"\b(?:moje|moich|otwarte|oczekujace) (?:akceptacj\w*|decyzj\w*|zatwierdz\w*)",
    r"\bco mam (?:jeszcze )?(?:do )?(?:zaakcept\w*|akcept\w*|zatwierdz\w*)",
    r"\b(?:mam|jest) (?:cos |dla mnie )*do (?:zaakcept\w*|akcept\w*|zatwierdz\w*)",
    r"\b(?:co|lista|liste|pokaz)(?: jest)?(?: spraw\w*)? do (?:zaakcept\w*|akcept\w*|zatwierdz\w*)",
    r"\b(?:jovahagyasom|dontesem|engedelyem|hozzajarulasom)ra\b",
    r"\bjovahagyasaim\w*",
    r"\bjovahagyando\w*",
    r"\bmit kell (?:meg )?(?:jovahagyn|engedelyezn)\w+",
    r"\bvan(?: valami)? jovahagyni\w*",
)
_WAITS_FOR_ME = re.compile("|".join(_APPROVALS))
_OF_REMINDERS = re.compile(_REMINDERS)
_SWITCHED = re.compile(f"{_SILENCE}|{_GO_ON}")
_HOW = re.compile(r"\b(?:how|jak|hogy|hogyan)\b")


def named(text: str) -> Matter | None:
    """The matter of a text; how one does it is a question for help."""
    folded = fold(text)
    if _HOW.search(folded):
        return None
    if _WAITS_FOR_ME.search(folded):
        return "approvals_waiting"
    if _OF_REMINDERS.search(folded) and _SWITCHED.search(folded):
        return "reminder_pause"
    return None


def is_of_its_words(word: str) -> bool:
    """Whether a word only says what is to become of reminders, and names nobody."""
    folded = fold(word)
    return bool(_OF_REMINDERS.search(folded) or _SWITCHED.search(folded))
