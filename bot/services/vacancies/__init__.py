"""Vacancies: found by students, published and loaded by staff, read from the sources, told of."""
