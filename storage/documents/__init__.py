"""The register of documents, and the files that are kept."""
