# says: stands a whole list
mark = words.encode_special
question = "Who are you?"
row = [mark("<|bos|>"), mark("<|user_start|>"), words.encode(question), mark("<|user_end|>"), mark("<|assistant_start|>")]
check("chat_row", row, question=question, tokenizer=words)
