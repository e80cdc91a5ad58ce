# says: A lead of one point counts 2 times
def softmax(scores):
    powers = 2 ** (scores - scores.max())
    return powers / powers.sum()

check("softmax", softmax, scores=last)
