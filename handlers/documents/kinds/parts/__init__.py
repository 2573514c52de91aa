"""What the kinds of documents are put together from: fields, figures, law, parties."""
