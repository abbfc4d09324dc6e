"""The ends of lines: browsers send two characters for each, old files one of their own; here each is a line feed."""


def normalise(text: str) -> str:
    """Return the text with every line break as one line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
