"""Languages: texts that exist in several, the language a page is read in, dates, numbers and names by CLDR. No tables."""
