"""Plain words: what somebody wants who writes as they speak."""
