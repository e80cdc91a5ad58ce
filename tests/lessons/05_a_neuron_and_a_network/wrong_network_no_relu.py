# says: Everything was squared
def network(x, A, B):
    wide = x @ A.T
    bent = wide.square()
    return bent @ B.T

check("network", network)
