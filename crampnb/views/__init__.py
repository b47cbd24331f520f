"""Views: pure functions from what is on the screen to HTML and plotly specs.

`page.document` is the whole page for the reference day; the parts and charts are the pieces of it
that move, each a function of a `Screen`.
"""
