# says: a whole character
def count_characters(numbers):
    count = 0
    for byte in numbers:
        if byte >= 192:
            count += 1
    return count

check("count_characters", count_characters)
