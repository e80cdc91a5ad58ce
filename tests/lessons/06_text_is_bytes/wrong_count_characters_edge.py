# says: You count 1 for the byte 191
def count_characters(numbers):
    count = 0
    for byte in numbers:
        if byte < 128 or byte > 190:
            count += 1
    return count

check("count_characters", count_characters)
