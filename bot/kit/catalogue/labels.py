"""Texts of the catalogue in every language, and what all its values share."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.kit.catalogue.rules import Short, Text

Language = Literal["en", "pl", "hu"]


class Value(BaseModel):
    """A frozen part of the catalogue; a key that it does not know is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Label(Value):
    """A text in every language that we speak."""

    en: Text
    pl: Text
    hu: Text

    def in_(self, language: str) -> str:
        """The text for a reader of ``language``; English for any other."""
        return {"pl": self.pl, "hu": self.hu}.get(language, self.en)


class Name(Label):
    """A label that fits a button and an entry of a menu."""

    en: Short
    pl: Short
    hu: Short


class Keywords(Value):
    """Words by which people name a thing, per language."""

    en: tuple[Text, ...] = ()
    pl: tuple[Text, ...] = ()
    hu: tuple[Text, ...] = ()
