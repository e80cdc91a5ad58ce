# says: The bend is missing
def network(x, A, B):
    wide = x @ A.T
    return wide @ B.T

check("network", network)
