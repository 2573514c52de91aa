"""How people ask a command what it can do: with one word alone, in any of our languages."""

_HELP = frozenset(("help", "pomoc", "súgó", "sugo", "segítség", "segitseg", "?"))


def is_for_help(text: str) -> bool:
    """Whether what follows a command asks for nothing but help."""
    return text.strip().lower() in _HELP
