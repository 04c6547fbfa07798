"""The Django project: settings, addresses, the process."""
