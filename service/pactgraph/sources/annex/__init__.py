"""Reads a national decision with an annex of tasks: one table row a task or heading (``read.read_annex`` gives an ``Annex``).

The code knows the layout (a numbered table whose cells name bodies, results and deadlines); the words of a country
stand in its ``reading/`` folder. Nothing is imported here: the search needs ``names`` alone.
"""
