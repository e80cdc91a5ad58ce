# says: IndexError
def safe_cut(numbers, room):
    keep = min(room, len(numbers))
    while 128 <= numbers[keep] < 192:
        keep -= 1
    return keep

check("safe_cut", safe_cut)
