"""Evaluations of stages: opening, answering, reading comments."""
