"""Senders of mail are killed while the mail server misbehaves: each message goes at most once
without a person's word, and none is lost.
"""

import pytest
from sqlalchemy import Engine

from tests.chaos.mails import run


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_each_mail_goes_at_most_once_and_none_is_lost(engine: Engine) -> None:
    url = engine.url.render_as_string(hide_password=False)
    assert run(engine, url, letters=40, kills=8, seed=7) == []
