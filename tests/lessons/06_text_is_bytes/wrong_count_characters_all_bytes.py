# says: so it continues a character and does not begin one
def count_characters(numbers):
    count = 0
    for byte in numbers:
        if byte < 256:
            count += 1
    return count

check("count_characters", count_characters)
