"""What fulfils the Protocols of ``ports``: stores, embedders, language models, and their fakes.

Third parties are imported inside functions. Nothing here knows a workspace; nothing is chosen here.
"""
