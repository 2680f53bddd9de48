"""A SHACL engine of our own, set by set over numbered terms; what it does not know goes to pySHACL, shape by shape."""
