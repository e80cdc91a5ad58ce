# says: You multiplied place by place
def multiply(x, w):
    y = torch.zeros(len(x), w.shape[1])
    for i in range(len(x)):
        for j in range(w.shape[1]):
            y[i, j] = x[i, j] * w[i, j]
    return y

check("multiply", multiply, x=amounts, w=prices)
