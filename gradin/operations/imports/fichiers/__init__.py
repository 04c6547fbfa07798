"""From bytes to a table of cells: XLSX and CSV, hostile files refused cheaply."""
