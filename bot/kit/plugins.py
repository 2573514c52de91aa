"""Plug-ins: the modules of a folder that can do a thing. A new one is a new file, and no list."""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType

LAST = "ASKED_LAST"
"""A module sets this to true where it would recognise what belongs to others too."""


def names_in(package: str) -> Sequence[str]:
    """The names of the modules of a folder, none of which is loaded for it."""
    spec = find_spec(package)
    folders = (spec and spec.submodule_search_locations) or ()
    return sorted(module.name for module in iter_modules(folders) if not module.ispkg)


def modules_with(package: ModuleType, *names: str) -> Sequence[ModuleType]:
    """The modules and packages of a folder that have all these names, by their own name; those
    that are asked last come last.
    """
    modules = [
        import_module(f"{package.__name__}.{each.name}") for each in iter_modules(package.__path__)
    ]
    able = [module for module in modules if all(hasattr(module, name) for name in names)]
    return sorted(able, key=lambda module: (getattr(module, LAST, False), module.__name__))
