import base64
import hashlib
import importlib
import io
import struct
import unicodedata
import zlib

import pytest
from PIL import Image

from recto.images.assets import Images
from recto.images.svg import looks_like, sanitise

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="20mm"><path d="M0 0"/></svg>'


@pytest.fixture
def root(tmp_path):
    book = tmp_path / "book"
    (book / "images").mkdir(parents=True)
    (book / "deep").mkdir()
    return book


def save(path, size=(4, 3), mode="RGB", **options):
    Image.new(mode, size).save(path, **options)
    return path


def take(root, reference, file="text.md"):
    return Images(root).take(reference, root / file)


def test_a_slash_before_a_path_means_the_root_of_the_book_if_it_is_there(root):
    save(root / "images" / "a b.png")
    assert take(root, "/images/a%20b.png", "deep/text.md")[0] is not None
    for path in ("/images/c.png", "/images", "/../book.png", "/images/../../x"):
        assert take(root, path, "deep/text.md")[1].code == "image-absolute"


@pytest.mark.parametrize("suffix", ["png", "jpg", "gif", "webp"])
def test_formats_are_known_by_content_not_by_name(root, suffix):
    save(root / f"x.{suffix}").rename(root / "x.dat")
    asset, fault = take(root, "x.dat")
    assert fault is None
    assert asset.name == f"images/x.{suffix}"
    assert (asset.width, asset.height) == (4, 3)
    assert asset.digest == hashlib.sha256((root / "x.dat").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("name", "told"), [("x.png", True), ("x.jpeg", False), ("x.JPG", False), ("x", False)]
)
def test_a_picture_of_another_kind_than_its_name_is_set_and_told(root, name, told):
    save(root / "y.jpg").rename(root / name)
    asset, fault = take(root, name)
    assert (asset.media_type, asset.name) == ("image/jpeg", "images/x.jpg")
    assert (fault.code if fault else None) == ("image-misnamed" if told else None)


@pytest.mark.parametrize(
    ("reference", "file"),
    [
        ("net.png", "deep/a.md"),
        ("images/net.png", "a.md"),
        ("net.png", "a.md"),
        ("../images/net.png", "deep/a.md"),
    ],
)
def test_images_are_found_beside_the_text_in_the_root_and_in_its_images(root, reference, file):
    save(root / "images" / "net.png")
    asset, _ = take(root, reference, file)
    assert asset.path == (root / "images" / "net.png").resolve()


def test_the_file_beside_the_text_comes_first(root):
    save(root / "images" / "net.png")
    save(root / "deep" / "net.png", (9, 9))
    assert take(root, "net.png", "deep/a.md")[0].width == 9


def test_a_name_with_spaces_is_found_percent_encoded_or_not(root):
    save(root / "images" / "Mein Nétz (1).png")
    for reference in ("images/Mein Nétz (1).png", "images/Mein%20N%C3%A9tz%20(1).png"):
        assert take(root, reference)[0].name == "images/mein-netz-1.png"


@pytest.mark.parametrize("kept", ["NFC", "NFD"])
def test_a_name_is_found_however_its_letters_are_composed(root, kept):
    (root / unicodedata.normalize(kept, "Küche")).mkdir()
    save(root / unicodedata.normalize(kept, "Küche") / unicodedata.normalize(kept, "Löwe.png"))
    for form in ("NFC", "NFD"):
        asset, fault = take(root, unicodedata.normalize(form, "Küche/Löwe.png"))
        assert fault is None
        assert asset.name == "images/lowe.png"


def test_names_are_unique_and_one_image_is_one_asset(root):
    for name, size in (("A b.png", (1, 1)), ("a-b.png", (2, 2)), ("copy.png", (1, 1))):
        save(root / name, size)
    images = Images(root)
    names = [
        images.take(name, root / "t.md")[0].name for name in ("A b.png", "a-b.png", "copy.png", "A b.png")
    ]
    assert names == ["images/a-b.png", "images/a-b-2.png", "images/a-b.png", "images/a-b.png"]
    assert len(images.all) == 2


def test_nothing_outside_the_root_is_read(root, tmp_path):
    save(tmp_path / "secret.png")
    (root / "images" / "link.png").symlink_to(tmp_path / "secret.png")
    for reference in ("../secret.png", "images/link.png", "%2e%2e/secret.png"):
        asset, fault = take(root, reference)
        assert asset is None
        assert fault.code == "image-outside"


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("/etc/passwd", "image-absolute"),
        ("C:\\x.png", "image-absolute"),
        ("\\\\host\\x.png", "image-absolute"),
        ("", "image-absolute"),
        ("a\0b", "image-absolute"),
        ("https://a.b/c.png", "image-remote"),
        ("//a.b/c.png", "image-remote"),
        ("file:///etc/passwd", "image-remote"),
        ("data:image/png;base64,AA", "image-broken"),
        ("data:image/png,AA", "image-broken"),
        ("data:text/html;base64,AAAA", "image-broken"),
        ("x" * 5000, "image-missing"),
        ("ö" * 5000, "image-missing"),
        ("images", "image-missing"),
    ],
)
def test_paths_that_are_none_of_the_books_are_refused(root, reference, code):
    asset, fault = take(root, reference)
    assert asset is None
    assert fault.code == code


def test_a_picture_that_is_written_out_in_its_address_is_taken_as_one_that_lies_in_a_file(root):
    written = base64.b64encode(save(root / "a.png").read_bytes()).decode()
    images = Images(root)
    asset, fault = images.take(f"data:image/png;base64,{written}", root / "my text.md")
    assert fault is None
    assert (asset.name, asset.width, asset.height) == ("images/my-text.png", 4, 3)
    assert asset.content == (root / "a.png").read_bytes()
    assert images.take("a.png", root / "my text.md")[0] is asset


def test_a_missing_image_names_the_near_one_and_the_folders(root):
    save(root / "images" / "Network.PNG")
    _, fault = take(root, "images/network.png")
    assert "did you mean images/Network.PNG?" in fault.hint
    assert str(root) in fault.hint


def gif(before=b""):
    """A GIF of one pixel with something before its image."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    image = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0"
    return head + before + image + b";"


@pytest.mark.parametrize("before", [b"", b"!\xf9\x04\0\0\0\0\0", b"!\xfe\x03abc\x02de\0"])
def test_extensions_may_stand_before_the_image_of_a_gif(root, before):
    (root / "x.gif").write_bytes(gif(before))
    assert take(root, "x.gif")[1] is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7", "image-format"),
        (b"%!PS-Adobe EPSF", "image-format"),
        (b"", "image-format"),
        (b"\x89PNG\r\n\x1a\nrubbish", "image-broken"),
        (b"\xff\xd8\xff\xe0rubbish", "image-broken"),
        (b"<svg><unclosed></svg>", "image-broken"),
        (
            b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
            "image-broken",
        ),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>\xff</svg>", "image-broken"),
        (gif(before=b"\x1e\0"), "image-broken"),
    ],
)
def test_what_is_no_whole_image_is_refused(root, content, code):
    (root / "x.png").write_bytes(content)
    asset, fault = take(root, "x.png")
    assert asset is None
    assert fault.code == code


def test_a_truncated_image_is_refused_even_beside_the_print_engine(root):
    importlib.import_module("recto.print.layout")
    save(root / "x.png", (300, 300))
    (root / "x.png").write_bytes((root / "x.png").read_bytes()[:-40])
    assert take(root, "x.png")[1].code == "image-broken"


@pytest.mark.parametrize(("more", "code"), [(20, None), (200, "image-broken")])
def test_a_jpeg_that_goes_over_itself_without_end_is_refused(root, more, code):
    held = io.BytesIO()
    Image.new("L", (64, 64), 128).save(held, "JPEG", progressive=True)
    whole = held.getvalue()
    scan = whole[whole.rfind(b"\xff\xda") : -2]
    (root / "a.jpg").write_bytes(whole[:-2] + scan * more + whole[-2:])
    asset, fault = take(root, "a.jpg")
    assert (asset is None, fault and fault.code) == (code is not None, code)


@pytest.mark.parametrize("side", [10_001, 14_200, 65_000])
def test_an_image_of_too_many_pixels_is_refused_by_its_header(root, side):
    header = b"IHDR" + struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    (root / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\0IDAT\x35\xaf\x06\x1e")
    assert take(root, "bomb.png")[1].code == "image-too-large"


def test_of_a_picture_larger_than_pillow_likes_the_header_is_read_without_a_word(root):
    header = b"IHDR" + struct.pack(">IIBBBBB", 9_900, 9_900, 1, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    (root / "map.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\0IDAT\x35\xaf\x06\x1e")
    asset, fault = take(root, "map.png")
    assert fault is None
    assert (asset.width, asset.height) == (9_900, 9_900)


def test_a_turned_photograph_has_the_size_it_is_shown_at(root):
    exif = Image.Exif()
    exif[0x0112] = 6
    save(root / "x.jpg", (40, 30), exif=exif)
    asset, _ = take(root, "x.jpg")
    assert (asset.width, asset.height, asset.orientation) == (30, 40, 6)


def test_a_harmless_drawing_stays_as_it_is(root):
    (root / "x.svg").write_bytes(b'<?xml version="1.0"?>\n<!-- a -->\n' + SVG)
    asset, fault = take(root, "x.svg")
    assert fault is None
    assert asset.path == (root / "x.svg").resolve()
    assert (asset.width, asset.height) == (76, 38)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            b"",
            b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:epub="http://www.idpf.org/2007/ops" epub:x="">',
        ),
        (b'<?xml version="9.9"?>', b'<svg xmlns="http://www.w3.org/2000/svg">'),
        (b"", b'<svg xmlns="http://www.w3.org/2000/svg"><x xmlns="urn:editor"/>'),
    ],
)
def test_what_goes_without_a_word_is_not_packed_either(root, before, after):
    (root / "x.svg").write_bytes(before + after + b"<rect/></svg>")
    asset, fault = take(root, "x.svg")
    assert fault is None
    assert asset.content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    assert [word for word in (b"epub:x", b"9.9", b"urn:editor") if word in asset.content] == []


def test_a_drawing_loses_scripts_and_outside_references(root):
    (root / "x.svg").write_bytes(
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="a()">'
        b"<script>alert(1)</script><style>@import 'http://a/b.css'; p {fill: url(http://a/b)}</style>"
        b'<image href="file:///etc/passwd"/><use xlink:href="other.svg#a"/><use href="#good"/>'
        b'<g id="good"/><linearGradient id="g"/>'
        b'<rect fill="url(#g)" style="fill: url(//a/b)"/><foreignObject/>'
        b'<set attributeName="href" to="x"/></svg>'
    )
    asset, fault = take(root, "x.svg")
    assert fault.code == "svg-unsafe"
    content = asset.content
    assert asset.digest == hashlib.sha256(content).hexdigest()
    assert asset.name == "images/x.svg"
    for word in (
        b"alert",
        b"http://a",
        b"//a/b",
        b"passwd",
        b"other.svg",
        b"foreignObject",
        b"onload",
        b"<set",
    ):
        assert word not in content
    assert b'href="#good"' in content
    assert b'fill="url(#g)"' in content
    assert sanitise(content).removed == ()


def test_an_escaped_url_in_a_style_does_not_slip_through():
    drawing = sanitise(
        b'<svg xmlns="http://www.w3.org/2000/svg"><rect style="fill: u\\72l(http://a/b)"/></svg>'
    )
    assert drawing.removed
    assert sanitise(drawing.content).removed == ()


def test_sniffing_tells_svg_from_other_xml():
    assert looks_like(SVG)
    assert not looks_like(b"<?xml version='1.0'?><html/>")


@pytest.mark.parametrize(
    ("name", "mode", "kind"),
    [
        ("a.avif", "RGB", "jpg"),
        ("a.tif", "RGB", "png"),
        ("a.tiff", "CMYK", "png"),
        ("a.bmp", "P", "png"),
    ],
)
def test_a_picture_that_no_book_can_hold_is_taken_as_one_that_both_can(root, name, mode, kind):
    Image.new("RGB", (40, 30), "#ff0000").convert(mode).save(root / name)
    asset, fault = take(root, name)
    assert (fault.code, asset.name, asset.width) == ("image-turned", f"images/a.{kind}", 40)
    assert hashlib.sha256(asset.content).hexdigest() == asset.digest
    with Image.open(io.BytesIO(asset.content)) as made:
        assert made.convert("L").getpixel((3, 3)) in range(60, 130)


def test_greys_of_sixteen_bits_are_not_burnt_to_white(root):
    deep = Image.frombytes("I;16", (2, 1), struct.pack("<2H", 1000, 40000))
    deep.save(root / "a.png")
    asset, fault = take(root, "a.png")
    assert fault.code == "image-turned"
    with Image.open(io.BytesIO(asset.content)) as made:
        assert (made.mode, [made.getpixel((x, 0)) for x in (0, 1)]) == ("L", [3, 156])
