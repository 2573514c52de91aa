"""Files of bank statements: of which account they are, and taking one back."""
