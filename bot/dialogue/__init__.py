"""The dialogue engine's project: a stock Rasa server with a few components of our own. Runs on Python 3.10 alone."""
