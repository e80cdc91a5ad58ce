# says: You compared each place with itself
place = torch.arange(4)
answer = place <= place

check("may_look", answer, place=place)
