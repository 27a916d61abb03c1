"""Benchmarks: figures for people, not tests. ``make bench`` prints them."""
