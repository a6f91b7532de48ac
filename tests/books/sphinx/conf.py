import os  # never run

project = "Ropes"
author = "Bo Ray"
language = "en"
version = os.environ["NONE"]
