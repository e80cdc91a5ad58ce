"""What fulfils the Protocols of ``ports``: stores, embedders, and fakes of both.

Third parties are imported inside functions. Nothing here knows a workspace; nothing is chosen here.
"""
