"""The demonstration semester: fictional people, real operations. Never called by the service itself."""
