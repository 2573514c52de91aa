"""Bank statements: MT940, MT942, CAMT and banks' CSV become one kind of value, each line with an
identity.
"""
