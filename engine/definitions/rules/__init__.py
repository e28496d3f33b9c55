"""The rules of `frontdoor check`: one function each, documented by its docstring."""
