# says: that character is torn
def safe_cut(numbers, room):
    keep = min(room, len(numbers))
    while keep < 0:
        keep -= 1
    return keep

check("safe_cut", safe_cut)
