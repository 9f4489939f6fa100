"""Records and results on paper: HTML and PDF.

Views prepare plain values, templates set them, ``html`` and ``pdf`` finish the file. Nothing here
judges: what is printed was checked and scored before, or is printed as it stands.
"""
