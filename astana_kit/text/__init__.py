"""Characters and languages: knows nothing of documents."""
