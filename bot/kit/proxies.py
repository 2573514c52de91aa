"""Proxies: the way out of the house for every call by HTTP, as the environment names it."""

from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Proxies:
    """One proxy for all that leaves, and the hosts that are asked without it."""

    address: str = field(default="", repr=False)  # a password may stand in it
    exempt: str = ""
    """As NO_PROXY is written: hosts, domains and networks, parted by commas; ``*`` means all."""

    def of(self, url: str) -> str | None:
        """The proxy through which this address is asked; None where it is asked directly."""
        if not self.address or self._spares(url):
            return None
        return self.address

    def _spares(self, url: str) -> bool:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        names = {host, f"{host}:{parts.port}"}
        entries = [entry.strip().lower() for entry in self.exempt.split(",")]
        return any(_covers(entry, names) for entry in entries if entry)


DIRECT = Proxies()


def _covers(entry: str, names: set[str]) -> bool:
    """A domain covers all below it; a network covers its addresses; names are never looked up."""
    if entry == "*":
        return True
    bare = entry.lstrip("*.").strip("[]")
    if any(name == bare or name.endswith(f".{bare}") for name in names):
        return True
    return any(_is_within(name, bare) for name in names)


def _is_within(name: str, network: str) -> bool:
    try:
        return ip_address(name) in ip_network(network, strict=False)
    except ValueError:
        return False
