"""The company's catalogue: from ``zaplecze.toml`` to one frozen value, every mistake named at once."""
