"""The explainer and the lessons as plain files, with Python running in the reader's browser."""
