"""The desk as an author uses it: one server, one book and one browser for all that is looked at here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

import pytest

from recto.desk.desk import Desk
from recto.desk.serving import keep_building, served
from recto.options import Options
from tests.browsing import Browser, browser

BEES = """# 1 Bees

They hum.

## 1.1 The Smoker

Smoke does not put bees to sleep. It makes them think of moving house, and a bee that is packing has no time.

## 1.2 The Hive

Morning sun, a wall behind it, and water that is closer than the pool of the neighbor.{^water}
"""
HONEY = """# 2 Honey

## 2.1 The Comb

A comb is *built* downward, a cell at a time.{^comb}

See ![](missing.png)
"""


PANELS = (("w", "problems"), ("i", "index"), ("c", "contents"))


@dataclass(frozen=True)
class Served:
    """A desk that is served: its folder, its address, and the port."""

    desk: Desk
    folder: Path
    address: str

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    def save(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def ask(self, path: str, body: str | None = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer, as a program that is no browser gets it."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=300)
        sent = {key.replace("_", "-"): value for key, value in headers.items()}
        connection.request("GET" if body is None else "POST", path, body, sent)
        answer = connection.getresponse()
        told = answer.status, dict(answer.getheaders()), b"" if path == "/news" else answer.read()
        connection.close()
        return told

    @property
    def cookie(self) -> str:
        return f"recto-{self.port}={self.address.partition('key=')[2]}"


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    desk, end, faults = Desk(Options(folder, folder.parent / "out")), Event(), list[str]()
    with served(desk, 0) as address:
        told = (desk, end, lambda *_: None, lambda: faults.append("a fault of our own"))
        builder = Thread(target=keep_building, args=told)
        builder.start()
        try:
            yield Served(desk, folder, address)
        finally:
            end.set()
            builder.join(300)
    assert faults == []


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Browser]]:
    """A book of two chapters on the desk, and a browser that looks at it."""
    folder = tmp_path_factory.mktemp("desk") / "bees"
    folder.mkdir()
    (folder / "1.md").write_text(BEES, encoding="utf-8")
    (folder / "2.md").write_text(HONEY, encoding="utf-8")
    (folder / "book.toml").write_text('[book]\ntitle = "Two Hives"\n', encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECTO_CACHE", str(tmp_path_factory.mktemp("kept")))
        with serving(folder) as at, browser() as looker:
            looker("open", url=at.address)
            looker.until("document.body.dataset.version && document.querySelectorAll('.leaf svg').length > 1")
            yield at, looker


def words_in_sight(looker: Browser) -> str:
    return str(looker.run("[...document.querySelectorAll('.leaf svg')].map(e => e.textContent).join(' ')"))


def pictures(looker: Browser) -> set[str]:
    """The pages whose pictures were fetched, by their digests."""
    fetched = looker.run("performance.getEntriesByType('resource').map(e => e.name)")
    return {found[1] for name in fetched if (found := re.search(r"/page/(\w+)", name))}


def jump(looker: Browser, title: str) -> None:
    lines = "[...document.querySelectorAll('.contents button')]"
    looker.run(f"{lines}.find(line => line.textContent.includes({title!r})).click()")


def panel(looker: Browser, key: str, name: str) -> None:
    if looker.run("document.body.dataset.panel") != name:
        looker.press(key)
    looker.until(f"document.body.dataset.panel === {name!r}")


def test_contents_lead_to_both_books(seen: tuple[Served, Browser]) -> None:
    _, looker = seen
    lines = looker.run("[...document.querySelectorAll('.contents button')].map(e => e.textContent)")
    assert lines == ["1 Bees1", "1.1 The Smoker1", "1.2 The Hive1", "2 Honey3", "2.1 The Comb3", "Index5"]
    jump(looker, "2.1")
    looker.until("[...document.querySelectorAll('.leaf svg')].some(e => e.textContent.includes('downward'))")
    looker.until("document.querySelector('#whereabouts').textContent.startsWith('2 Honey')")
    assert "A comb is built downward" in words_in_sight(looker)
    looker.until_framed("A comb is built downward")


def test_a_word_that_is_typed_is_seen_in_both_panes_and_no_other_page_is_fetched(
    seen: tuple[Served, Browser],
) -> None:
    at, looker = seen
    jump(looker, "2.1")
    looker.until("[...document.querySelectorAll('.leaf svg')].some(e => e.textContent.includes('downward'))")
    before = {page.digest for page in at.desk.shown.proofs.pages} if at.desk.shown.proofs else set()
    had = pictures(looker)
    looker.until("document.querySelector('#standing').dataset.is === 'good'")
    looker.until_framed("downward")
    looker.until("document.querySelector('foliate-paginator:not(.coming)')?.getContents().length")
    looker.run("document.querySelector('foliate-paginator').focusView()")
    looker.run("performance.clearResourceTimings()")
    at.save("2.md", "a cell at a time", "a quicksilver cell at a time")
    looker.until(
        "[...document.querySelectorAll('.leaf svg')].some(e => e.textContent.includes('quicksilver'))"
    )
    looker.until("document.querySelector('#standing').dataset.is === 'good'")
    looker.until(f"Number(document.body.dataset.version) >= {at.desk.shown.version}")
    looker.until_framed("quicksilver")
    looker.until("document.querySelectorAll('foliate-paginator').length === 1")
    # who was reading the e-book still is, in the new one, and keys are heard there
    looker.until("document.activeElement.matches('foliate-paginator')")
    panel(looker, "w", "problems")
    panel(looker, "c", "contents")
    assert at.desk.shown.proofs is not None
    fresh = {page.digest for page in at.desk.shown.proofs.pages} - before
    fetched = set(looker.run("performance.getEntriesByType('resource').map(e => e.name)"))
    assert len(fresh) < len(before)
    assert pictures(looker) & fresh
    assert pictures(looker) & had == set()
    files = {found[1] for name in fetched if (found := re.search(r"/ebook/\w+/EPUB/(chapter[\w.-]+)", name))}
    assert files == {"chapter-2.xhtml"}


def test_a_click_on_a_word_shows_the_line_that_it_was_written_on(seen: tuple[Served, Browser]) -> None:
    _, looker = seen
    jump(looker, "1.1")
    looker.until("[...document.querySelectorAll('.leaf text')].some(e => e.textContent.trim() === 'packing')")
    looker.run(
        "[...document.querySelectorAll('.leaf text')].find(e => e.textContent.trim() === 'packing')"
        ".dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    )
    looker.until("document.querySelector('#source h2').textContent.endsWith('1.md:7')")
    assert "a bee that is packing" in looker.run(
        "document.querySelector('#source [aria-current]').textContent"
    )
    looker.press("Escape")
    assert looker.run("document.querySelector('#source').hidden") is True


def test_a_problem_leads_to_its_line_and_to_its_page(seen: tuple[Served, Browser]) -> None:
    _, looker = seen
    jump(looker, "1.1")
    panel(looker, "w", "problems")
    lines = "[...document.querySelectorAll('.problems button')]"
    looker.run(f"{lines}.find(line => line.textContent.includes('2.md:7')).click()")
    looker.until("document.querySelector('#source [aria-current]')?.textContent.includes('missing.png')")
    looker.until(
        "[...document.querySelectorAll('.leaf svg')].some(e => e.textContent.includes('built downward'))"
    )
    looker.press("Escape")


def test_a_broken_manuscript_leaves_the_last_good_book_and_shows_the_fault(
    seen: tuple[Served, Browser],
) -> None:
    at, looker = seen
    pages = looker.run("document.querySelectorAll('.leaf').length")
    at.save("book.toml", 'title = "Two Hives"', 'titel = "Two Hives"')
    looker.until("document.querySelector('#standing').dataset.is === 'broken'")
    assert looker.run("document.querySelectorAll('.leaf').length") == pages
    assert "did you mean `title`?" in looker.run("document.querySelector('.problems').textContent")
    looker.run("document.querySelector('.problems button').click()")
    looker.until("document.querySelector('#source [aria-current]')?.textContent.includes('titel')")
    at.save("book.toml", 'titel = "Two Hives"', 'title = "Two Hives"')
    looker.until("document.querySelector('#standing').dataset.is === 'good'")
    looker.press("Escape")


def test_everything_is_reached_by_keys(seen: tuple[Served, Browser]) -> None:
    _, looker = seen
    for key, name in PANELS:
        panel(looker, key, name)
    looker.press("2")
    assert looker.run("getComputedStyle(document.querySelector('#ebook')).display") == "none"
    looker.press("2", "?")
    assert looker.run("document.querySelector('#keys').open") is True
    keys = looker.run("[...document.querySelectorAll('#keys kbd')].map(each => each.textContent)")
    assert len(keys) == len({*keys})  # none means one thing here and another in the index
    looker.press("Escape")
    looker.until("!document.querySelector('#keys').open")
    width = looker.run("document.querySelector('.leaf').clientWidth")
    looker.press("+")
    assert looker.run("document.querySelector('.leaf').clientWidth") > width
    looker.press("-")
    jump(looker, "1 Bees")
    place = looker.run("document.querySelector('#pages').scrollTop")
    looker.press("PageDown")
    looker.until(f"document.querySelector('#pages').scrollTop > {place}")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("width", "height"), [(1400, 900), (390, 844)])
def test_axe_has_nothing_to_complain_of(
    seen: tuple[Served, Browser], width: int, height: int, dark: bool
) -> None:
    at, looker = seen
    looker("open", url=at.address, width=width, height=height, dark=dark)
    looker.until("document.querySelector('.leaf svg')")
    for key, name in PANELS:
        panel(looker, key, name)
        assert looker("axe") == []
    sideways = looker.run("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sideways <= 0
    looker("open", url=at.address)
    looker.until("document.body.dataset.version && document.querySelectorAll('.leaf svg').length > 1")


def test_nothing_is_amiss_in_the_page_itself(seen: tuple[Served, Browser]) -> None:
    # foliate-js, resized while a chapter is on its way, looks for a document that is not there yet
    early = "Cannot destructure property 'style' of 'el' as it is null"
    assert [fault for fault in seen[1]("faults") if early not in fault] == []


# --- who is let in ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Cookie": "recto-{port}=wrong"}, 403),
        ({"Cookie": "{cookie}"}, 200),
        ({"Cookie": "{cookie}", "Host": "evil.example"}, 421),
        ({"Cookie": "{cookie}", "Host": "127.0.0.1.evil.example:{port}"}, 421),
        ({"Cookie": "{cookie}", "Sec_Fetch_Site": "cross-site"}, 403),
        ({"Cookie": "{cookie}", "Sec_Fetch_Site": "same-site"}, 403),
    ],
)
def test_another_host_or_page_of_the_browser_reads_nothing(
    seen: tuple[Served, Browser], headers: dict[str, str], status: int
) -> None:
    at, _ = seen
    sent = {key: value.format(port=at.port, cookie=at.cookie) for key, value in headers.items()}
    answered, told, body = at.ask("/book", **sent)
    assert answered == status
    assert (b"Two Hives" in body) == (status == 200)
    assert "default-src 'none'" in told["content-security-policy"]
    assert told["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": "application/json"},
        {"Content_Type": "application/json", "Origin": "https://evil.example"},
        {"Content_Type": "application/json", "Origin": "http://localhost:1"},
        {"Content_Type": "text/plain", "Origin": "{own}"},
    ],
)
def test_another_page_of_the_browser_writes_nothing(
    seen: tuple[Served, Browser], headers: dict[str, str]
) -> None:
    at, _ = seen
    sent = {key: value.format(own=f"http://127.0.0.1:{at.port}") for key, value in headers.items()}
    assert at.ask("/where", "{}", Cookie=at.cookie, **sent)[0] == 403


def test_no_path_leads_out_of_the_book(seen: tuple[Served, Browser]) -> None:
    at, _ = seen
    (at.folder.parent / "secret.md").write_text("# 1 Secret\n")
    outside = [f"/source?file={at.folder.parent / 'secret.md'}&line=1", "/source?file=/etc/passwd&line=1"]
    outside += [f"/source?file={at.folder}/../secret.md", "/desk/../server.py", "/desk/..%2fserver.py"]
    outside += ["/desk/vendor/foliate/..%5c..%5cserver.py", "/fonts/..%2Fbook.css", "/ebook/x/mimetype"]
    assert [path for path in outside if at.ask(path, Cookie=at.cookie)[0] != 404] == []
    assert at.ask(f"/source?file={at.folder / '1.md'}&line=1", Cookie=at.cookie)[0] == 200


def test_the_key_leaves_the_address_at_the_first_visit(seen: tuple[Served, Browser]) -> None:
    at, looker = seen
    status, headers, _ = at.ask(at.address.partition(str(at.port))[2])
    assert (status, headers["location"]) == (303, "/")
    assert {"HttpOnly", "SameSite=strict"} <= {part.strip() for part in headers["set-cookie"].split(";")}
    assert looker.run("location.search") == ""
    assert at.ask("/?key=wrong")[0] == 403


# --- the index, by hand ----------------------------------------------------------------------------------


def entries(looker: Browser) -> list[str]:
    return list(looker.run("[...document.querySelectorAll('.entries > li')].map(e => e.dataset.name ?? '')"))


def whole_index(looker: Browser) -> None:
    """Show the index, and all of it: other tests filter it."""
    panel(looker, "i", "index")
    looker.run("""
        document.querySelector('.letters [aria-pressed="true"]')?.click()
        for (const field of document.querySelectorAll('.filters input, .filters select')) {
            field.value = ''
            field.dispatchEvent(new Event(field.matches('select') ? 'change' : 'input'))
        }
    """)
    looker.until("document.querySelector('.entries .entry')")


def on_entry(looker: Browser, name: str, *keys: str) -> None:
    """Press keys with an entry in focus."""
    found = f"[...document.querySelectorAll('.entries > li')].find(e => e.dataset.name === {name!r})"
    looker.until(f"{found}?.querySelector('.entry')")
    looker.run(f"{found}.querySelector('.entry').focus()")
    looker.press(*keys)


def add_selected(looker: Browser, word: str) -> None:
    """Select a word of a printed page, and press `t` as soon as the page offers to make a term of it.

    All of it is one order: a page that is drawn anew takes the selection with it, so it is made again until
    the term is offered, and the key comes before anything else can.
    """
    looker.until(f"[...document.querySelectorAll('.leaf svg')].some(e => e.textContent.includes({word!r}))")
    looker.run(f"""(async () => {{
        const pick = document.querySelector('#pick')
        while (pick.hidden || pick.dataset.term !== {word!r}) {{
            const found = document.createTreeWalker(document.querySelector('#pages'), NodeFilter.SHOW_TEXT)
            while (found.nextNode() && !found.currentNode.data.includes({word!r}));
            const node = found.currentNode, start = node.data?.indexOf({word!r}) ?? -1
            if (start >= 0) getSelection().setBaseAndExtent(node, start, node, start + {len(word)})
            await new Promise(told => setTimeout(told, 20))
        }}
        document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: 't', bubbles: true }}))
    }})()""")


def test_an_index_is_made_by_keys_alone(seen: tuple[Served, Browser]) -> None:
    at, looker = seen
    whole_index(looker)
    listed = at.folder / "index.toml"
    jump(looker, "The Hive")
    add_selected(looker, "sun")
    on_entry(looker, "sun", "ArrowRight")
    looker.until("document.querySelector('.place')")
    assert "Morning sun, a wall behind it" in looker.run("document.querySelector('.place').textContent")
    looker.press("r")
    looker("type", text="sunshine")
    looker.press("Enter")
    looker.until("[...document.querySelectorAll('.entries > li')].some(e => e.dataset.name === 'sunshine')")
    assert 'find = ["sun"]' in listed.read_text(encoding="utf-8")
    on_entry(looker, "sunshine", "ArrowRight", "ArrowDown", "p")
    looker.until("document.querySelector('.principal')")
    assert 'principal = ["1.2"]' in listed.read_text(encoding="utf-8")
    on_entry(looker, "sunshine", "n")
    looker.until("![...document.querySelectorAll('.entries > li')].some(e => e.dataset.name === 'sunshine')")
    looker.press("u")
    looker.until("[...document.querySelectorAll('.entries > li')].some(e => e.dataset.name === 'sunshine')")
    assert "sunshine" in entries(looker)
    on_entry(looker, "comb", "ArrowRight")
    assert "marked in the text" in looker.run("document.querySelector('.why').textContent")
    assert looker("axe") == []
    panel(looker, "c", "contents")


def test_the_key_of_the_index_leads_into_it(seen: tuple[Served, Browser]) -> None:
    _, looker = seen
    whole_index(looker)
    panel(looker, "w", "problems")  # also from an entry, where other keys decide
    panel(looker, "c", "contents")
    looker.run("document.activeElement.blur()")
    looker.press("i")
    looker.until("document.activeElement.matches('.entries .entry')")
    looker.press("r")
    looker.until("document.querySelector('.ask input')")
    looker.press("Escape")
    looker.until("!document.querySelector('.detail')")  # it was not open before
    looker.run("document.activeElement.blur()")
    looker.press("/")
    looker.until("document.activeElement.type === 'search'")
    looker.press("Escape")


def test_the_index_is_filtered_by_keys_alone(seen: tuple[Served, Browser]) -> None:
    _, looker = seen
    whole_index(looker)
    everything = entries(looker)
    looker.run("document.querySelector('.entries .entry').focus()")
    looker.press("/", *"comb")
    assert entries(looker) == ["comb"]
    looker.press(*["Backspace"] * 4, "ArrowDown", "l")
    assert entries(looker) == everything
    # the letter stays in focus, so that it can be let go again
    for pressed, shown in (("true", lambda name: name[0] == everything[0][0]), ("false", lambda _: True)):
        looker.press("Enter")
        assert entries(looker) == [name for name in everything if name and shown(name)] or pressed == "false"
        assert looker.run("document.activeElement.getAttribute('aria-pressed')") == pressed
    assert entries(looker) == everything
    looker.run("document.querySelector('.entries .entry').focus()")
    for key, choice, field in (("h", "2 Honey", "chapter"), ("o", "marked", "kind")):
        looker.press(key)
        assert looker.run("document.activeElement.className") == field
        looker("type", text=choice)
        looker.until(
            f"document.querySelector('select.{field}').selectedOptions[0].textContent === {choice!r}"
        )
        assert {name for name in entries(looker) if name} <= {*everything}
        assert "comb" in entries(looker)
        looker.press("Escape")
    assert entries(looker) == ["comb"]
    panel(looker, "c", "contents")


def test_what_the_desk_refuses_to_write_it_says(seen: tuple[Served, Browser]) -> None:
    at, _ = seen
    headers = {
        "Cookie": at.cookie,
        "Origin": f"http://127.0.0.1:{at.port}",
        "Content_Type": "application/json",
    }
    told = at.ask("/decision", '{"do": "accept", "term": "comb", "sub": "built"}', **headers)
    assert b"a subheading comes in with its heading" in told[2]
    assert at.ask("/decision", '{"do": "never", "term": "comb"}', Cookie=at.cookie)[0] == 403
