"""How the program speaks: message catalogues, texts by language, errors."""
