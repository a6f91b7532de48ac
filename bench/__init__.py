"""How fast Recto is: `python -m bench` measures and prints the table. See README.md."""
