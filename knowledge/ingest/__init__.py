"""Ingestion: file -> blocks -> records, with a report of what is doubtful."""
