# says: the powers are too large
def softmax(scores):
    powers = scores.exp()
    return powers / powers.sum()

check("softmax", softmax, scores=last)
