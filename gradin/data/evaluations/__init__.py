"""Evaluations of stages: what is asked, who has answered, and, apart, what was answered."""
