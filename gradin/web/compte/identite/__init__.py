"""Sign-in by the identity services of the State (OpenID Connect), when the region configures them."""
