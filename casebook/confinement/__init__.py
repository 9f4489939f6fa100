"""Work on what strangers sent, done in a process that can do nothing else.

``worker`` is the parent's side, ``child`` the other, ``walls`` what holds the child in. Nothing
that comes from a child is unpickled or run: a reply is bytes, and an error a name from a list.
"""
