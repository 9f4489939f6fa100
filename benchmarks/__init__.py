"""How fast casebook is, always beside something else that does the same work on the same machine.

``make bench`` runs every subject and prints one table; docs/performance.md says what is measured.
A subject is a module with a function ``figures`` (see ``benchmarks.subjects``).
"""
