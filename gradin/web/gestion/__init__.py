"""What the ARS prepares and settles, page by page: requests, people."""
