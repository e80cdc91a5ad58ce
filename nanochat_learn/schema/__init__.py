"""The vocabulary of wire and disk, one module per subject. Import from the modules."""
