"""The settings that JupyterLite's kernel writes at its start; nobody reads them."""
