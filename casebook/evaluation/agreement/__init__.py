"""How far graders agree, and how far one mark can be trusted: statistics on marks.

Needs numpy and scipy, the extra ``stats``.
"""
