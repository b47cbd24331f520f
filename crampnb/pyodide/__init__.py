"""What runs inside the reader's browser, under Pyodide, on the site without a server."""
