# says: nothing back
def dot(a, b):
    total = 0
    for i in range(len(a)):
        total = total + a[i] * b[i]

check("dot", dot, a=a, b=b)
