# says: The last pair is missing
def dot(a, b):
    total = 0
    for i in range(len(a) - 1):
        total = total + a[i] * b[i]
    return total

check("dot", dot, a=a, b=b)
