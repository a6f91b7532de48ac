"""What theorems and the like are called, by the short forms that Quarto and bookdown name them with.

https://quarto.org/docs/authoring/cross-references.html#theorems-and-proofs,
https://bookdown.org/yihui/bookdown/markdown-extensions-by-bookdown.html#theorems
"""

PROOFS = {
    "thm": "theorem", "lem": "lemma", "cor": "corollary", "prp": "proposition", "cnj": "conjecture",
    "def": "definition", "exm": "example", "exr": "exercise", "sol": "solution", "rem": "remark",
    "alg": "algorithm", "hyp": "hypothesis",
}  # fmt: skip
