"""Files: uploads, checked by what they are, kept private, given out only as downloads. Table: StoredFile."""
