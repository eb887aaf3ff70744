"""Documents of a second kind: records with named fields, brought in by an operator and kept out of what is shipped."""
