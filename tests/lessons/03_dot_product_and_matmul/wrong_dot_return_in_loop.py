# says: That is the first product alone
def dot(a, b):
    total = 0
    for i in range(len(a)):
        total = total + a[i] * b[i]
        return total

check("dot", dot, a=a, b=b)
