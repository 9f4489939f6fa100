"""What a page shows, as plain values: one module for each document and each larger part of one.

A view chooses, orders and words; a template sets what it is given. Neither judges the work.
"""
