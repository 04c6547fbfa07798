"""Who goes where: maximum matching for the pre-flight, stable matching for the docteurs juniors."""
