# says: the products are not added up
def multiply(x, w):
    y = torch.zeros(len(x), w.shape[1])
    for i in range(len(x)):
        for j in range(w.shape[1]):
            y[i, j] = x[i] * w[:, j]
    return y

check("multiply", multiply, x=amounts, w=prices)
