"""Who may what: roles from the catalogue, channels and user groups; who is away and who
stands in.
"""
