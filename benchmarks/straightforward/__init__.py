"""A portfolio's pages as somebody writes them who knows HTML and WeasyPrint, and means well.

One template, one stylesheet, tables for everything that comes in rows, and then
``HTML(string=…).write_pdf(…)``: nothing is done to be fast, and nothing to be slow. It says the
same as casebook's packet, word for word; ``comparison`` holds it to that.
"""
