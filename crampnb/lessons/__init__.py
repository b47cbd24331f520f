"""The lessons: their questions, simulations, files and cards.

`lesson.Lesson` is what a notebook uses; `plans` are the six lessons; the rest needs no widget.
"""
