# says: The highest score got the smallest share
def softmax(scores):
    powers = (scores.min() - scores).exp()
    return powers / powers.sum()

check("softmax", softmax, scores=last)
