"""Who may read and write what: tokens, scopes and the graphs that they open."""
