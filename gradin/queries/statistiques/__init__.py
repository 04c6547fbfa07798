"""Figures over semesters for the ARS: counts only, nobody is named."""
