"""The only code that knows Jupyter's server. Importing it must stay light."""
