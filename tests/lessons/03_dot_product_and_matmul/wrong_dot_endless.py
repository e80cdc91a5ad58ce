# says: was stopped
def dot(a, b):
    total = 0
    i = 0
    while i < len(a):
        total = total + a[i] * b[i]
        i = 0
    return total

check("dot", dot, a=a, b=b)
