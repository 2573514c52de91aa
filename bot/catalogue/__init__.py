"""The company's catalogue: ``zaplecze.toml`` as one frozen value, every mistake named at once."""
