"""Pleasantries in three languages: words that ask for nothing."""

import re

from bot.kit.folding import fold

_PHRASES = frozenset(
    fold(phrase)
    for line in (
        # English
        "thanks; thank you; thank you very much; thanks a lot; many thanks; thanks so much; thx; "
        "ty; cheers",
        "ok; okay; k; all good; got it; cool; nice; super; awesome; sure; will do; noted; hello; "
        "hi; hey; good morning",
        "good afternoon; good evening; bye; have a nice day; you too; yes thanks; no thanks; np; "
        "no problem; great",
        "perfect; it works; works now; it works now; that works; done; solved; you are welcome; "
        "welcome; yep; yes; no",
        # Polish
        "dzięki; dziękuję; dziękuje; dziękujemy; wielkie dzięki; bardzo dziękuję; dziękuję "
        "bardzo; dzieki wielkie; dzx",
        "oki; okej; spoko; jasne; dobra; dobrze; w porządku; rozumiem; super dzięki; ok dzięki; "
        "świetnie; idealnie",
        "cześć; hej; dzień dobry; dobry wieczór; witam; witajcie; miłego dnia; wzajemnie; "
        "pozdrawiam; do widzenia; pa",
        "działa; już działa; tak; nie; nie ma za co; proszę bardzo; git; gotowe; zrobione; nie ma "
        "problemu",
        # Hungarian
        "köszi; köszönöm; köszönjük; köszönöm szépen; köszi szépen; nagyon köszönöm; nagyon "
        "köszi; kösz; köszike",
        "oké; okés; rendben; rendben van; szuper; király; jó; jól van; értem; világos; tökéletes; "
        "remek; persze",
        "szia; sziasztok; helló; üdv; jó napot; jó reggelt; jó estét; szép napot; viszlát; neked "
        "is; üdvözlettel",
        "működik; már működik; igen; nem; szívesen; nincs mit; nem gond; kész; megvan",
    )
    for phrase in line.split(";")
)
_GREETINGS = frozenset(
    fold(phrase)
    for line in (
        "hello; hi; hey; good morning; good afternoon; good evening",
        "cześć; hej; dzień dobry; dobry wieczór; witam; witajcie",
        "szia; sziasztok; helló; üdv; jó napot; jó reggelt; jó estét; üdvözlöm; jó napot kívánok",
    )
    for phrase in line.split(";")
)
_LONGEST = 12  # words
_EMOJI_NAME = re.compile(r":[a-z0-9_+'-]+:")
_FILLERS = frozenset(
    {
        "very",
        "much",
        "so",
        "all",
        "everyone",
        "you",
        "bardzo",
        "wam",
        "ci",
        "panu",
        "pani",
        "wszystkim",
    }
)


def is_pleasantry(text: str) -> bool:
    """Whether a text only thanks, greets or nods; emoji and signs count for nothing."""
    bare = _EMOJI_NAME.sub(" ", text)
    words = fold(bare).split()
    if not words:  # signs alone, or letters that are not folded
        return not any(sign.isalnum() for sign in bare)
    return len(words) <= _LONGEST and _is_made_of_phrases(words)


def is_greeting(text: str) -> bool:
    """Whether somebody only says hello, perhaps with an emoji or to everybody."""
    words = [word for word in fold(_EMOJI_NAME.sub(" ", text)).split() if word not in _FILLERS]
    return " ".join(words) in _GREETINGS


def _is_made_of_phrases(words: list[str]) -> bool:
    """Whether phrases, one after the other, make up the whole text (``ok, super, dzięki``)."""
    if not words:
        return True
    if words[0] in _FILLERS and _is_made_of_phrases(words[1:]):
        return True
    return any(
        " ".join(words[:length]) in _PHRASES and _is_made_of_phrases(words[length:])
        for length in range(1, min(len(words), 4) + 1)
    )
