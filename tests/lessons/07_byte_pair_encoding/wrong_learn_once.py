# says: That is 1 of 2 merges
def learn(words, how_many):
    pair = count_pairs(words).most_common(1)[0][0]
    return [pair]

check("learn", learn)
