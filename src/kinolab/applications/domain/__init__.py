"""Rules of the dossier: its stages, what is missing, and whether it is eligible."""
