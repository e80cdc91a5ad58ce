# says: No piece was hit
def hit(shares, dart):
    end = 0
    for i in range(len(shares)):
        if dart < shares[i]:
            return i

check("hit", hit, shares=[0.5, 0.3, 0.2])
