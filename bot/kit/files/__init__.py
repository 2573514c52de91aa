"""Files from strangers: archives, encodings, folders, PDFs, each within bounds."""
