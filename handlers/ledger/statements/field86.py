"""Field 86 of MT940: who paid and why, in the dialects that Polish, German, Dutch and Hungarian
banks write.

Structured ones number their parts (``~20…~32…``, ``^20…``, ``<20…``, ``?20…``, ``+20…``), mBank
names them (``OD: …; TYT.: …; TNR: …``), Dutch banks and Citi put names between slashes
(``/NAME/…/REMI/…``), the rest is plain text. Meaning of the numbered parts: 20 to 29 and 60 to 63
the title, 30 and 31 bank and account, 32 and 33 the name, 38 the IBAN; Polish banks use 20 to 26
for the title only, 27 to 29 for the name where 32 is missing, and 60 to 63 for dates and addresses.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handlers.ledger.statements.accounts import compact, iban, is_iban

_STRUCTURED = re.compile(r"\s*[0-9A-Z]{0,4}([?~^<>+|§])(?=[0-9]{2})")
_NAMED = re.compile(r"(?:^|;)\s*(ID IPH|Z RACH\.|NA RACH\.|OD|DLA|TYT\.|TNR)\s*:\s*")
_SLASHED = re.compile(
    r"/(EREF|ORDP|BENM|NAME|REMI|IBAN|BIC|ISDT|CSID|MARF|PREF|TRTP|ADDR|CNTP|PURP|ULTB|ULTD)/"
)
_SEPA_KEYS = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC)\+\s*")
_VIRTUAL = re.compile(
    r"(?:ID IPH|RACH\w*\.? WIRT\w*|COLLECT|VIRTUAL ACC\w*)[\s:.]{1,4}([A-Z]{0,2}[0-9]{10,26})\b",
    re.I,
)
_NUMBERS = frozenset(f"{number:02d}" for number in (*range(40), *range(60, 80)))
_GERMAN_TITLE = (*map(str, range(20, 30)), *map(str, range(60, 64)))
_POLISH_TITLE = tuple(map(str, range(20, 27)))
_EMPTY = "˙ÿ\xa0 \t\n"
_CHUNKS = (27, 35, 65, 140)
_NO_REFERENCE = frozenset(
    {"NONREF", "NOTPROVIDED", "NOREF", "NOTAVAILABLE", "BRAK", "EREF", "PREF", "MARF"}
)


@dataclass(frozen=True, slots=True)
class Details:
    """What field 86 (or the remittance of another format) says."""

    title: str = ""
    counterparty: str | None = None
    account: str | None = None
    virtual_account: str | None = None
    end_to_end: str | None = None


def read_details(lines: Iterable[str]) -> Details:
    """The meaning of field 86, given as the lines it was wrapped into."""
    raw = [line.rstrip("\r\n") for line in lines]
    start = _STRUCTURED.match("".join(raw))
    if start:
        return _structured(_unwrapped(raw, start[1]), start[1])
    text = _unwrapped(raw)
    if "TYT.:" in text or "TNR:" in text:
        return _named(text)
    if text.startswith("/") and _SLASHED.search(text):
        return _slashed(text)
    return Details(title=_spaced(text), virtual_account=_virtual(text))


def meaningful(reference: str | None) -> str | None:
    """A reference that says something, or ``None``."""
    plain = " ".join((reference or "").split())
    return None if len(plain) < 3 or plain.upper().replace(" ", "") in _NO_REFERENCE else plain


def joined(pieces: Iterable[str]) -> str:
    """Pieces of one text: a piece that fills its width runs on into the next, a shorter one ends a
    word.
    """
    text, last_length = "", 0
    for piece in pieces:
        clean = piece.strip(_EMPTY)
        if not clean:
            continue
        runs_on = not text or (last_length in _CHUNKS and not piece[0].isspace())
        text += clean if runs_on else f" {clean}"
        last_length = len(piece.rstrip(_EMPTY))
    return _spaced(text)


def joined_parts(parts: Mapping[str, str], numbers: Iterable[str]) -> str:
    """One text of the parts with these numbers, as far as they are there."""
    return joined(parts.get(number, "") for number in numbers)


def _unwrapped(lines: list[str], separator: str = "") -> str:
    text, last_length = "", 0
    for line in lines:
        runs_on = not text or last_length >= 64 or text[-1:] == " "
        starts_part = bool(separator) and line.startswith(separator)
        text += line if runs_on or starts_part else f" {line}"
        last_length = len(line)
    return text


def _structured(text: str, separator: str) -> Details:
    parts: dict[str, str] = {}
    for piece in _pieces(text, separator):
        parts[piece[:2]] = parts.get(piece[:2], "") + piece[2:]
    german = separator == "?"
    title = joined_parts(parts, _GERMAN_TITLE if german else _polish_title(parts))
    name = joined_parts(parts, ("32", "33"))
    if not german and not name:
        name = joined_parts(parts, ("27", "28", "29"))
    purpose, end_to_end = _sepa(title)
    return Details(purpose, name or None, _account(parts, german), _virtual(title), end_to_end)


def _pieces(text: str, separator: str) -> list[str]:
    """The numbered parts. Numbers rise: a sign before one that no part has, or that breaks the rise
    (``TEL +48601222333``, ``+36`` between 20 and 21), is a sign of the text.
    """
    pieces: list[str] = []
    split = re.split(f"{re.escape(separator)}(?=[0-9]{{2}})", text)[1:]
    for place, piece in enumerate(split):
        following = split[place + 1][:2] if place + 1 < len(split) else "99"
        before = pieces[-1][:2] if pieces else ""
        if pieces and (piece[:2] not in _NUMBERS or before < following < piece[:2]):
            pieces[-1] += separator + piece
        else:
            pieces.append(piece)
    return pieces


def _polish_title(parts: dict[str, str]) -> list[str]:
    numbers = list(_POLISH_TITLE)
    name = parts.get("32", "")
    if name.strip(_EMPTY):
        for number in ("27", "28"):
            if parts.get(number) != name:
                numbers.append(number)
    return numbers


def _account(parts: dict[str, str], german: bool) -> str | None:
    for number in ("38", "31", "29"):
        if is_iban(parts.get(number, "")):
            return compact(parts[number])
    bank, account = compact(parts.get("30")) or "", compact(parts.get("31")) or ""
    if not german and len(bank) == 8 and len(account) == 16 and (bank + account).isdigit():
        return iban("PL", bank + account)
    other = "" if german else compact(parts.get("29")) or ""
    return (
        compact(parts.get("38"))
        or account
        or (other if other.isdigit() and len(other) >= 16 else None)
    )


def _sepa(text: str) -> tuple[str, str | None]:
    """The purpose (SVWZ) and the end-to-end reference (EREF) of a German text with keys."""
    pieces = _SEPA_KEYS.split(text)
    if len(pieces) == 1:
        return text, None
    fields = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    purpose = fields.get("SVWZ") or pieces[0] or " ".join(fields.values())
    return _spaced(purpose), meaningful(fields.get("EREF"))


def _named(text: str) -> Details:
    pieces = _NAMED.split(text)
    fields = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    name = re.split(r"\s{2,}", (fields.get("OD") or fields.get("DLA") or "").strip())[0]
    account = compact(fields.get("Z RACH.") or fields.get("NA RACH."))
    return Details(
        title=_spaced(fields.get("TYT.", pieces[0])),
        counterparty=name or None,
        account=account if account and account.strip("0") else None,
        virtual_account=compact(fields.get("ID IPH")),
    )


def _slashed(text: str) -> Details:
    pieces = _SLASHED.split(text)
    fields = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    return Details(
        title=_spaced(fields.get("REMI", "").strip("/")),
        counterparty=_spaced(fields.get("NAME", "").strip("/")) or None,
        account=compact(fields.get("IBAN")),
        end_to_end=meaningful(fields.get("EREF", "").strip("/")),
    )


def _virtual(text: str) -> str | None:
    match_ = _VIRTUAL.search(text)
    return match_[1] if match_ else None


def _spaced(text: str) -> str:
    return " ".join(text.translate({ord("˙"): " ", ord("ÿ"): " "}).split())
