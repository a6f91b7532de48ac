"""Print: units laid out apart, kept in a page map, and bound into one PDF.

    asset_table(styles, images)                      -> name below `book:///` -> file and digest
    pool(jobs)                                       -> context: worker processes that warm up meanwhile
    paginate(compose, *, sheets, page_css, assets…)  -> (units laid out, page map, problems)
    gate(galleys, laid_out)                          -> problems: whatever of the book did not come out
    bind(laid_out, pages, contents, metadata, …)     -> (PDF, problems)
    glyphs.missing / glyphs.replacing                -> characters that no font draws, before composing

    job.py         the layout job as plain data          workers.py     where jobs run
    layout.py      one unit through WeasyPrint           paginate.py    rounds until the page map settles
    finish.py      the last touch on a unit's PDF        imposition.py  order of pages, folios, blank versos
    pages.py       anchors and text of each page         overruns.py    what stands where it does not belong
    gate/          nothing lost on the way
    mending.py     the print engine put right            sparing/       work it does in vain, spared
    postponing.py  what it imports in vain, postponed    quire.py       a unit's PDF folded for binding
    pdf_file.py    the file that a book is bound in
    bind.py        the whole; with binder.py, structure.py (tags), links.py, outline.py, facts.py (metadata),
                   fonts.py (each font once), stamp.py (running heads and folios)

WeasyPrint is imported when the first job runs.
"""
