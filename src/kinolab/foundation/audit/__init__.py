"""The record: who did what and when, before and after. Rows are added, never changed. Table: Entry."""
