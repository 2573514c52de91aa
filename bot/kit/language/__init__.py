"""What languages demand: articles, stems, the words by which people ask for help."""
