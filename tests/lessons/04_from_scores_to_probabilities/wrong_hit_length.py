# says: You return the length
def hit(shares, dart):
    end = 0
    for i in range(len(shares)):
        end = end + shares[i]
        if dart < end:
            return shares[i]

check("hit", hit, shares=[0.5, 0.3, 0.2])
