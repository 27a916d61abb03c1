"""The desk: what editors see of review, and what they write there, from the command line and in the preview."""
