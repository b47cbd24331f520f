"""The dashboard for others: Voilà with a page of our own, strict towards visitors; JupyterLab."""
