# says: Every document begins with a mark
mark = words.encode_special
question = "Who are you?"
row = [mark("<|user_start|>"), *words.encode(question), mark("<|user_end|>"), mark("<|assistant_start|>")]
check("chat_row", row, question=question, tokenizer=words)
