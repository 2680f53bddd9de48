"""Documents that people hand in: each kind is drafted once, as a :class:`~pactgraph.reports.document.Report`, and written as
DOCX, XLSX, HTML or iCalendar. Every statement carries its source in a numbered note."""
