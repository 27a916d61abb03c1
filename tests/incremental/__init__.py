"""Tests of incremental builds."""
