# says: That tears nothing
def safe_cut(numbers, room):
    keep = min(room, len(numbers))
    while 0 < keep < len(numbers) and numbers[keep] >= 128:
        keep -= 1
    return keep

check("safe_cut", safe_cut)
