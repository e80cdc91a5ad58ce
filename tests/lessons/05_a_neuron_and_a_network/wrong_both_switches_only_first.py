# says: = 4, but it should be 1
A3 = torch.tensor([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0]])
B3 = torch.tensor([[1.0, -1.0, -1.0]])
check("both_switches", B3, A=A3, switches=switches)
