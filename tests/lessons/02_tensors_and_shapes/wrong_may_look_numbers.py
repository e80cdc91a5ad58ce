# says: Your table holds numbers
place = torch.arange(4)
answer = place[:, None] - place[None, :]

check("may_look", answer, place=place)
