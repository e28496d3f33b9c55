"""Tools for those who work on Frontdoor; the product does not need them."""
