"""Migrations, inside the package so that an installed one can migrate."""
