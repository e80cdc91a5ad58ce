# says: A row holds numbers
mark = words.encode_special
question = "Who are you?"
row = ["<|bos|>", "<|user_start|>", *words.encode(question), "<|user_end|>", "<|assistant_start|>"]
check("chat_row", row, question=question, tokenizer=words)
