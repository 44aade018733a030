"""The collection round: who was issued what, what came back, what counts, what is to be done today."""
