# says: the rest of a longer list is left out
def dot(a, b):
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

check("dot", dot, a=a, b=b)
