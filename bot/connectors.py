"""The connectors that the environment names, found by walking their folder."""

from collections.abc import Mapping, Sequence
from types import ModuleType

from bot.kit.plugins import modules_with
from bot.kit.proxies import Proxies
from handlers.invoices import connectors
from handlers.invoices.connectors.protocol import Connector


def connectors_of(proxies: Proxies) -> Mapping[str, Connector]:
    """Every source that is configured, by its name; none where nothing is. What a source's settings
    lack is raised as one of :mod:`handlers.invoices.connectors.problems`.
    """
    sources = [package.connect(package.Settings(), proxies) for package in packages()]
    return {source.name: source for source in sources if source is not None}


def packages() -> Sequence[ModuleType]:
    """The package of each connector that there is."""
    return modules_with(connectors, "connect", "Settings")
