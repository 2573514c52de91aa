"""From a bank's lines to the ledger: each once, matched or waiting."""
