# says: There is a list inside the list
def glue(ids, pair, new_id):
    glued = []
    for id in ids:
        glued.append(id)
        if glued[-2:] == list(pair):
            glued[-2:] = [[new_id]]
    return glued

check("glue", glue)
