"""The reference connector keeps every promise of the protocol; real ones are held to the same
checks.
"""

import pytest

from tests.connectors.conformance import CHECKS, Check
from tests.connectors.reference import Books


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_reference_connector_conforms(check: Check) -> None:
    check(Books())
