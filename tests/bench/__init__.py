"""Benches: commands that measure, with ratios taken in one run."""
