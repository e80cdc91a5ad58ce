# says: does not stand there
def glue(ids, pair, new_id):
    glued = []
    for id in ids:
        glued.append(id)
        if glued[-2:] == list(pair):
            glued[-2:] = [pair[0]]
    return glued

check("glue", glue)
