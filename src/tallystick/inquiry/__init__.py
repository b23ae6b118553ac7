"""Questions put to a case: what was known when, what falls without a source, what moves by a reviewer's decision."""
