"""Files the ARS brings: read and checked first, written in one short transaction after."""
