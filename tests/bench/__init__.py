"""Measurements that are run by hand: they report, and never fail because a machine is slow."""
