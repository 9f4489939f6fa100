"""Charts as SVG text, made from plain numbers and words.

A chart takes one frozen record and gives one ``<svg>`` element as text, ready to stand in a page
of HTML. It knows nothing of case studies or observations: a view chooses what to draw.
"""
