# says: not 1. Divide by the sum of all
def softmax(scores):
    return (scores - scores.max()).exp()

check("softmax", softmax, scores=last)
