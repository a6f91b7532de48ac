"""Print: units laid out apart, kept in a page map, and bound into one PDF.

    layout/   what is laid out, in what order, until its pages settle
    gate/     nothing lost on the way, nothing off the page
    engine/   one unit through WeasyPrint: the only room that knows it
    workers/  where layout jobs run
    binding/  quires, running heads, outline, tags and fonts become one file

The engine is imported when the first job runs.
"""
