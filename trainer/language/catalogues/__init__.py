"""Messages by language: one package a language, one module a part."""
