"""Catalogues made from another with a part changed."""

from typing import Any

from bot.kit.catalogue import Catalogue, RequestType


def with_department(rules: Catalogue, key: str, **changes: Any) -> Catalogue:
    """The same, but for one department."""
    changed = rules.departments[key].model_copy(update=changes)
    return rules.model_copy(update={"departments": {**rules.departments, key: changed}})


def with_type(rules: Catalogue, key: str, **changes: Any) -> Catalogue:
    """The same, but for one request type."""
    changed = rules.request_types[key].model_copy(update=changes)
    return rules.model_copy(update={"request_types": {**rules.request_types, key: changed}})


def with_new_type(rules: Catalogue, new: RequestType) -> Catalogue:
    return rules.model_copy(update={"request_types": {**rules.request_types, new.key: new}})
