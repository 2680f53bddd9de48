"""The overview: the article matrix, the flow from articles to bodies, the line of time; every number with its list."""
