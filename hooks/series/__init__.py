"""The series as data: every file that an author writes, read once and checked, and every address."""
