"""Where things stand in pictures: pure geometry, in pixels, without the graph and without templates.

The same input always gives the same picture; the tests hold every layout to it, and to having no overlaps.
"""
