# says: You divided the scores themselves
def softmax(scores):
    return scores / scores.sum()

check("softmax", softmax, scores=last)
