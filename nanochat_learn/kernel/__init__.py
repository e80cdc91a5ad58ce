"""What runs in the learner's kernel, beside the model. Never in the server process."""
