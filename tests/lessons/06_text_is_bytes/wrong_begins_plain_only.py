# says: it opens a character
def begins(byte):
    return byte < 128

check("begins", begins)
