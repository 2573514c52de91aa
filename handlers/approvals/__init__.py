"""Approvals: chains of steps in which people agree, refuse, or ask for changes, whatever it is
about.
"""
