# says: more than there is room for
def safe_cut(numbers, room):
    keep = min(room, len(numbers))
    while keep < len(numbers) and 128 <= numbers[keep] < 192:
        keep += 1
    return keep

check("safe_cut", safe_cut)
