"""Builds the geography tables of sahel: one module per kind of table."""
