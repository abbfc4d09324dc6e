"""The pages of calls that visitors see."""
