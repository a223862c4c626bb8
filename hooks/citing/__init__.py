"""Citations: groups as authors write them, the bibliography, and their form in the series' style."""
