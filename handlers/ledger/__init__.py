"""The ledger: what is owed, by whom, since when; read by everybody who may, changed by few."""
