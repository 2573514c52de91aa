"""Tables that people send: what their columns mean, guessed, confirmed by a person and remembered
by the headings.
"""
