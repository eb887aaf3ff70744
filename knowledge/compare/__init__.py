"""Comparison of plans: which records are the same work, where they differ, and where one plan contradicts itself."""
