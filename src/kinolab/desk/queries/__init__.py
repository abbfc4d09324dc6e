"""What the pages made of many rooms show."""
