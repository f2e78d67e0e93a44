"""Copies of training texts with other slots filled or in disguise, alike for every category."""
