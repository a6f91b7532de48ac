"""A small book set by hand, with every element that a galley can hold: what typesetting would hand on."""

from __future__ import annotations

from pathlib import Path

from recto.compose import Composer
from recto.config import BookSettings, Config
from recto.model import (
    Book,
    Chapter,
    Contents,
    ContentsEntry,
    Galley,
    Heading,
    Manuscript,
    Part,
    Section,
    SetSection,
)
from recto.numbering import Number
from recto.problems import Place
from recto.theme import Theme, find

PLACE = Place("sample.md", 1)

PROSE = (
    "A press is a patient machine. It takes the page as it is given, the good line and the bad one alike, and "
    "prints both ten thousand times without a complaint. Whoever sets the page must therefore be the one who "
    "complains: about the gap between two words, the heading that stands alone at the foot, the figure that "
    "drifts away from the sentence that needs it.",
    "The printers of 1496 knew this, and so did those of 1787. They measured their work in ems and points, "
    "counted the lines of facing pages, and moved a word here and a comma there until the paragraph sat still. "
    "What they did by hand we ask of a program; the eye that judges the result has not changed at all.",
    "Typographers speak of the colour of a page, although there is only black ink on it. They mean the even "
    "grey that a well-set paragraph makes when one looks at it through half-closed eyes.",
)


def paragraphs(count: int, anchor: str, start: int = 0) -> str:
    return "\n".join(
        f'<p data-b="{anchor}:{start + i}">{PROSE[(start + i) % len(PROSE)]}</p>' for i in range(count)
    )


ELEMENTS = """
<p data-b="chapter-1:1">The first paragraph after a heading stands flush. It calls a note<a class="noteref"
role="doc-noteref" href="#note-1-1" id="noteref-1-1">1</a> in the middle of its sentence, names
<span class="index-mark" id="mark-1-1">mesh networks</span>, and points to <a class="xref" href="#figure-1-1"
data-kind="figure">figure 1.1</a>, to <a class="xref" href="#section-2-1" data-kind="section">section 2.1</a>, and
outside to <a href="https://example.org/">a page of the web</a>. Some <em>emphasis</em>, <strong>strong
words</strong>, <code>inline_code()</code>, H<sub>2</sub>O and x<sup>2</sup>, the <abbr title="Hypertext Markup
Language">HTML</abbr> of 1993, and a face: ¯\\_(ツ)_/¯; an arrow → there, and a non‑breaking hyphen.</p>
<p data-b="chapter-1:2">A second paragraph is indented, not spaced. PROSE</p>
<h3 id="lists-of-things">Lists of things</h3>
<p data-b="chapter-1:3">What a bench needs:</p>
<ul><li data-b="chapter-1:4">a composing stick, set to the measure and kept clean between two jobs, so that the
last line of the day is as long as the first;</li><li data-b="chapter-1:5">type in its case;
<ol><li data-b="chapter-1:6">roman</li><li data-b="chapter-1:7">italic</li></ol></li><li data-b="chapter-1:8">a good
lamp.</li></ul>
<dl><dt data-b="chapter-1:9">Galley</dt><dd data-b="chapter-1:10">A long tray that holds set type before it is
made up into pages; also the proof pulled from it.</dd><dt data-b="chapter-1:11">Folio</dt><dd
data-b="chapter-1:12">A printed page number.</dd></dl>
<blockquote><p data-b="chapter-1:13">One sets a page for the reader, who must not notice it, and for the printer,
who will notice everything. Between the two there is little room for vanity.</p></blockquote>
<p data-b="chapter-1:14">After the quotation the paragraph goes on.</p>
<figure class="figure" id="figure-1-1"><img src="images/net.png" alt="Four squares joined by lines"
width="60%"/><figcaption data-b="chapter-1:15"><span class="label">Figure 1.1</span> Four presses joined by one
belt, as they stood in the shop until the roof was raised.</figcaption></figure>
<h3 id="code-and-tables">Code and tables</h3>
<p data-b="chapter-1:16">Code keeps its lines, and wraps those that are too long.<a class="noteref"
role="doc-noteref" href="#note-1-2" id="noteref-1-2">2</a></p>
<figure class="listing" id="listing-1-1"><figcaption data-b="chapter-1:17"><span class="label">Listing 1.1</span>
A function and its call</figcaption><pre class="code" data-b="chapter-1:18"><code class="language-python"><span
class="line"><span class="k">def</span> <span class="nf">leading</span>(size):</span><span
class="line">    <span class="sd">&quot;&quot;&quot;The distance from baseline to baseline, in points.&quot;&quot;&quot;</span></span><span
class="line">    <span class="k">return</span> <span class="nb">round</span>(size * <span class="mf">1.35</span> * <span class="mi">4</span>) / <span class="mi">4</span>  <span class="c1"># to the quarter of a point, so that a page of lines comes out even</span></span><span
class="line"> </span><span class="line">print(leading(<span class="mi">10</span>))</span></code></pre></figure>
<p data-b="chapter-1:19">Then a table:</p>
<table id="table-1-1"><caption data-b="chapter-1:20"><span class="label">Table 1.1</span> Trim sizes and what they
are good for</caption><thead><tr><th scope="col" data-b="chapter-1:21">Trim</th><th scope="col"
data-b="chapter-1:22">Inches</th><th scope="col" data-b="chapter-1:23">Good for</th></tr></thead><tbody><tr><td
data-b="chapter-1:24">Digest</td><td data-b="chapter-1:25">5.5 × 8.5</td><td data-b="chapter-1:26">novels, essays
</td></tr><tr><td data-b="chapter-1:27">Trade</td><td data-b="chapter-1:28">6 × 9</td><td
data-b="chapter-1:29">manuals, histories</td></tr><tr><td data-b="chapter-1:30">Executive</td><td
data-b="chapter-1:31">7 × 10</td><td data-b="chapter-1:32">code, wide tables</td></tr></tbody></table>
<aside class="admonition note" role="note"><p class="admonition-title" data-b="chapter-1:33">Note</p><p
data-b="chapter-1:34">Measure the paper before you set the margins. Two mills may call two thicknesses by one
name.</p></aside>
<h5 id="deep">A heading that skips a level</h5>
<p data-b="chapter-1:35">Its tag must not skip. PROSE</p>
<aside class="footnote" role="doc-footnote" id="note-1-1"><p data-b="chapter-1:36">A note at the foot of the page,
long enough to need a second line, with <em>emphasis</em> and a year, 1787.</p></aside>
<aside class="footnote" role="doc-footnote" id="note-1-2"><p data-b="chapter-1:37">A note of two
paragraphs.</p><p data-b="chapter-1:38">This is the second, with <code>code</code>.</p></aside>
""".replace("PROSE", PROSE[0])


def set_section(anchor: str, level: int, number: str, title: str, html: str = "") -> SetSection:
    return SetSection(Heading(anchor, level, number, title, title), html, "", PLACE)


def galley(
    chapter: Chapter, opening: str, sections: tuple[SetSection, ...] = (), part: SetSection | None = None
) -> Galley:
    heading = Heading(chapter.anchor, 1, chapter.label, chapter.title, chapter.title)
    headings = (heading, *(section.heading for section in sections))
    return Galley(chapter, SetSection(heading, opening, "", PLACE), sections, headings, (), (), (), part)


def sample_galleys() -> tuple[Galley, ...]:
    one = Part("I", "The Workshop", "part-i")
    epigraph = (
        '<blockquote class="epigraph"><p data-b="chapter-2:0">Whoever hurries a page has to read it '
        'twice.</p><p class="attribution" data-b="chapter-2:1">— a foreman’s saying</p></blockquote>'
    )
    return (
        galley(
            Chapter("front", "dedication", "", "Dedication", "dedication", PLACE),
            '<p data-b="dedication:0">For everyone who reads the colophon</p>',
        ),
        galley(
            Chapter("front", "preface", "", "Preface", "preface", PLACE),
            paragraphs(6, "preface"),
        ),
        galley(
            Chapter("chapter", "chapter", "1", "A Chapter with Every Element in It", "chapter-1", PLACE, one),
            paragraphs(4, "chapter-1", 40),
            (
                set_section("section-1-1", 2, "1.1", "What Stands in a Section", ELEMENTS),
                set_section("section-1-2", 2, "1.2", "Plain Prose", paragraphs(9, "chapter-1", 60)),
            ),
            part=set_section("part-i", 0, "I", "The Workshop"),
        ),
        galley(
            Chapter("chapter", "chapter", "2", "Proofs", "chapter-2", PLACE, one),
            epigraph + paragraphs(2, "chapter-2", 2),
            (
                set_section(
                    "section-2-1",
                    2,
                    "2.1",
                    "Reading a Proof against the Copy, with a Title That Is Longer than the Line",
                    paragraphs(5, "chapter-2", 9)
                    + '<p data-b="chapter-2:30">See <a class="xref" href="#figure-1-1" data-kind="figure">figure'
                    ' 1.1</a>.</p>',
                ),
                set_section("section-2-1-1", 3, "2.1.1", "By Two Readers", paragraphs(3, "chapter-2", 20)),
            ),
        ),
        galley(
            Chapter("appendix", "appendix", "A", "Sizes", "appendix-a", PLACE),
            paragraphs(2, "appendix-a"),
        ),
    )


def contents_of(galleys: tuple[Galley, ...]) -> Contents:
    entries = []
    for each in galleys:
        if each.chapter.role == "dedication":
            continue
        below = tuple(ContentsEntry(s.heading, "section") for s in each.sections)
        entry = ContentsEntry(each.headings[0], each.chapter.kind, below)
        if each.part:
            entry = ContentsEntry(each.part.heading, "part", (entry,))
        entries.append(entry)
    return Contents(tuple(entries))


def composer(config: Config | None = None, theme: Theme | None = None, galleys: tuple[Galley, ...] = ()) -> Composer:
    config = config or Config(
        book=BookSettings(
            title="The Patient Press",
            subtitle="Pages for People Who Look Twice",
            authors=("Ada Example", "Bert Sample"),
            publisher="Sink & Leading",
            place="Antwerp",
            isbn="978-3-16-148410-0",
            date="2026-11-01",
            edition="First edition",
        )
    )
    galleys = galleys or sample_galleys()
    book = Book(config.book.title or "Sample", tuple(g.chapter for g in galleys))
    source = Section("section", Number((1, 1)), "t", "markdown", "", PLACE, 1, 1)
    manuscript = Manuscript("sample", Path(), (source,), (), 0)
    return Composer(book, galleys, contents_of(galleys), config, theme or find(), manuscript)
