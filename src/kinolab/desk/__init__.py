"""The desk: pages made of many rooms (public home, the applicant's, the reader's and the organiser's home). No tables."""
