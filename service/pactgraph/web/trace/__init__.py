"""The trace: the chain from article to progress through one thing, as a picture that can be walked and as a list."""
