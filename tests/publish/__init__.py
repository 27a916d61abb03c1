"""Tests of yoyak.publish."""
