# says: encode makes no marks
mark = words.encode_special
question = "Who are you?"
row = words.encode("<|bos|><|user_start|>" + question + "<|user_end|><|assistant_start|>")
check("chat_row", row, question=question, tokenizer=words)
