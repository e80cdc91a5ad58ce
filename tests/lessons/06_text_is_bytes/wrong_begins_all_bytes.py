# says: so it continues a character and does not begin one
def begins(byte):
    return byte < 256

check("begins", begins)
