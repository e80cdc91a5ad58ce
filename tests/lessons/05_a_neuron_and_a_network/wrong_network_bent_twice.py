# says: Only the first layer bends
def network(x, A, B):
    wide = x @ A.T
    bent = wide.relu().square()
    return (bent @ B.T).relu().square()

check("network", network)
