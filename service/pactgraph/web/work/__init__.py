"""Pages for those who work on the graph: sign-in, workbooks, the journal, proposed links, assessments."""
