"""Matters that have words of their own: what waits for the writer's approval, and reminders that
are to be silent or to go on. No chance decides where these words stand by themselves; beside others
they are part of a story, and what was learnt decides.
"""

import re
from typing import Literal

from bot.kit.folding import fold
from handlers.words.model.subjects import subject_words

Matter = Literal["approvals_waiting", "reminder_pause"]

_REMINDERS = r"\b(?:reminders?|dunning|przypomnien\w*|ponaglen\w*|emlekeztet(?:o|ok|oi|oj)\w*)\b"
_SILENCE = (
    r"\b(?:paus(?:e|es|ed|ing)|suspend(?:s|ed|ing)?|stop(?:s|ped|ping)?|halt(?:s|ed|ing)?"
    r"|mute(?:s|d)?|silence|hold|no more|do not send|don t send"
    r"|wstrzym\w*|zawies\w*|zatrzym\w*|wylacz\w*|przerw\w*|pauz\w*|nie wysylaj\w*"
    r"|szunetel\w*|fugge\w*|felfugg\w*|allits\w*|leallit\w*|ne kuld\w*|kapcsol\w*)\b"
)
_GO_ON = (
    r"\b(?:resum(?:e|es|ed|ing)|restart\w*|unpaus\w*|continue|go on|switch on|wznow\w*|wznawi\w*"
    r"|przywroc\w*|wlacz\w*|odwies\w*|folytat\w*|folytas\w*|indits\w*|ujraind\w*|visszakapcs\w*"
    r"|oldd)\b"
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
_BESIDE_REMINDERS = re.compile(
    r"(?:payments?|customers?|clients?|compan\w+|invoices?|send|now|again|until|till|further|any\w*"
    r"|more|time|being|temporarily|week|month|off|turn|switch"
    r"|platnosc\w*|zaplat\w*|zaplac(?:ie|enia)|klien\w*|firm\w*|spolk\w*|faktur\w*|wysyla\w*|teraz"
    r"|dluzej|tymczasem|chwilowo|ponownie|znow\w*|dalej|dalsz\w*|razie|wobec|tydz\w*|tygod\w*|konca"
    r"|prosz\w*|fizetes\w*|ugyf\w*|ceg\w*|szaml\w*|kuld\w*|tovabb\w*|egyelore|most|ujra|vegeig"
    r"|kerem|minden\w*|osszes|het\w*|honap\w*)"
)
_BESIDE_APPROVALS = re.compile(
    r"(?:approv\w+|deci[ds]\w*|pending|waiting|waits?|await\w*|outstanding|still|sign|off|okay"
    r"|requests?|things?|some\w*|any\w*|there|list|needs?|week|now"
    r"|akcept\w*|zaakcept\w*|zatwierdz\w*|zgod\w*|decyz\w*|oczekuj\w*|wnios\w*|spraw\w*|list[ae]"
    r"|jeszcze|teraz|czek\w*|tydz\w*|tygod\w*"
    r"|jovahagy\w*|dont\w*|enged\w*|hozzajarul\w*|var\w*|fuggo\w*|ugy\w*|kerel\w*|valami|most|lista"
    r"|het\w*)"
)
"""Words that stand beside these matters and bring no other one with them."""
_WAITS_FOR_ME = re.compile("|".join(_APPROVALS))
_OF_REMINDERS = re.compile(_REMINDERS)
_SWITCHED = re.compile(f"{_SILENCE}|{_GO_ON}")
_HOW = re.compile(r"\b(?:how|jak|hogy|hogyan)\b")
_SIGN = re.compile(r"\w+#")
_REASON = re.compile(r"\b(?:because|since|bo|ponieważ|gdyż|mert|mivel|hiszen)\b.*", re.DOTALL)
"""Why it is to be so is no other matter."""
_WORD = re.compile(r"[^\W\d_]+")
_ENDS = frozenset(".:;!?")


def named(text: str) -> Matter | None:
    """The matter of a text of which it tells nothing else, with or without signs in the place of
    days, numbers and names (``day#``). How one does it is a question for help.
    """
    matter = touched(text)
    if matter is None:
        return None
    words = subject_words(_REASON.sub("", _SIGN.sub(" ", text)))
    if matter == "approvals_waiting":
        return matter if all(_BESIDE_APPROVALS.fullmatch(fold(word)) for word in words) else None
    return matter if all(map(_may_stand_beside_reminders, words)) else None


def touched(text: str) -> Matter | None:
    """The matter whose words stand in a text, whatever else does."""
    folded = fold(text)
    if _HOW.search(folded):
        return None
    if _WAITS_FOR_ME.search(folded):
        return "approvals_waiting"
    if _OF_REMINDERS.search(folded) and _SWITCHED.search(fold(_without_names(text))):
        return "reminder_pause"
    return None


def is_of_its_words(word: str) -> bool:
    """Whether a word only says what is to become of reminders, and names nobody."""
    folded = fold(word)
    return bool(_OF_REMINDERS.search(folded) or _SWITCHED.search(folded))


def _may_stand_beside_reminders(word: str) -> bool:
    """Whether it belongs to the matter, or may be somebody's name."""
    is_beside = _BESIDE_REMINDERS.fullmatch(fold(word)) is not None
    return word[0].isupper() or is_beside or is_of_its_words(word)


def _without_names(text: str) -> str:
    """Without words with a capital inside a sentence: *Halt* and *Continue* are companies."""
    if text.isupper():
        return text

    def kept(match: re.Match[str]) -> str:
        before = text[: match.start()].rstrip()
        begins = not before or before[-1] in _ENDS
        return match[0] if begins or match[0][0].islower() else " "

    return _WORD.sub(kept, text)
