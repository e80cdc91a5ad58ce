"""Evidence → what it means: what counts, mastery, the next step. Pure; reads and writes nothing."""
