"""The lists of articles, recommendations, tasks, bodies, laws, plans and cycles: pages with filters, and files."""
