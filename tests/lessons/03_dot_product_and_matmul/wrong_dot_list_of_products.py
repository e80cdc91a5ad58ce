# says: a list, [4, 0, -3]
def dot(a, b):
    return [a[i] * b[i] for i in range(len(a))]

check("dot", dot, a=a, b=b)
