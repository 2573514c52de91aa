"""PDFs that others made, opened within bounds: neither what is damaged nor what unfolds without end
takes us along.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.errors import LimitReachedError, PyPdfError

MAX_BYTES = 25_000_000
MAX_UNFOLDED = 20_000_000
ENDLESS = (LimitReachedError, MemoryError, RecursionError)
BROKEN = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
)
"""pypdf trusts the file's structure: a damaged one makes it stumble over any of these."""
_LIMITS: dict[str, Any] = {
    "maximum_declared_stream_length": MAX_BYTES,
    "array_based_stream_maximum_output_length": MAX_UNFOLDED,
    "lzw_maximum_output_length": MAX_UNFOLDED,
    "run_length_maximum_output_length": MAX_UNFOLDED,
    "zlib_maximum_output_length": MAX_UNFOLDED,
    "zlib_maximum_recovery_input_length": 1_000_000,
    "stream_decoding_work_maximum_length": 3 * MAX_UNFOLDED,
    "disable_legacy_handling": True,
}
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it quotes from the files that it warns of


@contextmanager
def opened(content: bytes) -> Iterator[PdfReader]:
    """The PDF for as long as the block lasts; raises one of ``ENDLESS`` or ``BROKEN`` in it."""
    with apply_configuration(**_LIMITS):
        yield PdfReader(
            BytesIO(content), root_object_recovery_limit=1_000, xref_stream_maximum_entries=500_000
        )
