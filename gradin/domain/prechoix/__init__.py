"""Before the day: what shared wish lists let one foresee."""
