"""The call list as the agent prepares it: every figure, its source, its versions."""
