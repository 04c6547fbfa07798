"""« Agréments »: the public list, and the file of a service by its signed link."""
