# says: nothing was squared
def network(x, A, B):
    wide = x @ A.T
    bent = wide.relu()
    return bent @ B.T

check("network", network)
