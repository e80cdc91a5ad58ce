# says: the first merge becomes 256
def learn(words, how_many):
    merges = []
    for n in range(how_many):
        count = count_pairs(words)
        if not count:
            break
        pair = count.most_common(1)[0][0]
        merges.append(pair)
        words = [glue(word, pair, 257 + n) for word in words]
    return merges

check("learn", learn)
