"""``python -m tests.chaos.hurried``: ``zaplecze serve`` that takes work for lost after seconds
instead of minutes.
"""

from datetime import timedelta

from bot.app import Pace
from bot.config import Settings
from bot.logs import begin
from bot.serve import serve

HURRIED = Pace(
    lease=timedelta(seconds=9),
    grace=timedelta(seconds=2),
    task=timedelta(seconds=6),
    reconnect=0.3,
)

if __name__ == "__main__":
    begin()
    serve(Settings(), pace=HURRIED)
