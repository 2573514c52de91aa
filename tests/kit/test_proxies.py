"""Which address is asked through the proxy, and which directly."""

import pytest

from bot.kit.proxies import DIRECT, Proxies

ADDRESS = "http://anna:hush@proxy.example.com:3128"


@pytest.mark.parametrize(
    ("exempt", "direct"),
    [
        ("", False),
        ("slack.com", False),
        ("erp.example.com", True),
        (".example.com", True),
        ("*.example.com", True),
        ("ample.com", False),
        ("slack.com, EXAMPLE.com", True),
        ("erp.example.com:8000", True),
        ("erp.example.com:9", False),
        ("*", True),
    ],
)
def test_exempt_hosts_are_asked_directly(exempt: str, direct: bool) -> None:
    asked = Proxies(ADDRESS, exempt).of("http://erp.example.com:8000/books")
    assert asked == (None if direct else ADDRESS)


@pytest.mark.parametrize("url", ["http://10.1.2.3/books", "http://[fd00::7]:8000/books"])
def test_networks_are_exempt_too(url: str) -> None:
    assert Proxies(ADDRESS, "10.0.0.0/8,fd00::/8").of(url) is None
    assert Proxies(ADDRESS, "192.168.0.0/16").of(url) == ADDRESS


def test_proxys_password_is_not_shown() -> None:
    assert "hush" not in repr(Proxies(ADDRESS))
    assert DIRECT.of("https://slack.com/api/") is None
