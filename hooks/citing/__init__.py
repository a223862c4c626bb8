"""Citations: the bibliography, its form in the series' style, and how the series itself is cited."""
