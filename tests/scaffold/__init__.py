"""Tests of yoyak.scaffold."""
