"""One real Tryton for all tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.tryton.installing import SERIES, CannotInstall
from tests.tryton.server import Office, office


@pytest.fixture(scope="session")
def tryton(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Installed from PyPI the first time; skipped where that cannot be done."""
    try:
        with office(tmp_path_factory.mktemp("tryton"), SERIES) as running:
            yield running
    except CannotInstall as why:
        pytest.skip(f"Tryton cannot be installed here: {why}")
