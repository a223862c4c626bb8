"""The series as data: publications, case studies, authorities and terms, validated and immutable."""
