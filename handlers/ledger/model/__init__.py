"""The ledger's pure rules: values in, values out."""
