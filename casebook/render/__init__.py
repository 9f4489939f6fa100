"""Records and results on paper and on a screen: HTML and PDF.

Views prepare plain values, templates set them (``environment``), and a ``document`` carries the
body with its titles; ``html`` and ``pdf`` finish the file. Nothing here judges: what is printed
was checked and scored before, or is printed as it stands.

For both: ``stylesheets``, ``look``, ``typefaces``, ``lettering``, ``prose``, ``pictures``.
For paper: ``paper``, ``paper_typefaces``, ``fetchers``, ``chart_images``, ``chart_drawing``,
``chart_shapes``, ``lines``, ``streams``, ``remembered``, ``enclosures``, ``tagging``,
``conformance``, ``together``. For a screen: ``screen``, ``screen_typefaces``, ``outline``.
"""
