"""The reference data of the region: added, renamed, duplicates merged, each with its history."""
