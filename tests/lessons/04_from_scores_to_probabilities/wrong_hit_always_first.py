# says: does not wait for its `if`
def hit(shares, dart):
    end = 0
    for i in range(len(shares)):
        end = end + shares[i]
        return i

check("hit", hit, shares=[0.5, 0.3, 0.2])
