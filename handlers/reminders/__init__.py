"""Dunning: payment reminders before and after the due day; when they go, are silent, and why.

What is due is taken by ``service/tick.py``; whether a reminder goes is decided by
``model/decision.py``.
"""
