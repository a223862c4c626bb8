"""The policy builder: which answer brings which clause, checked against the clauses and made into data for the browser."""
