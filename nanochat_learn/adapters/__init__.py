"""Third parties behind the ports, one file each, and the fakes that stand in for them.

Heavy packages are imported inside functions only; nobody here knows Jupyter.
"""
