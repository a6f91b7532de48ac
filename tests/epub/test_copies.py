"""Pictures are in the e-book as every shop takes them; what was done is told, and the rest stays as it is."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from recto.images.pictures import fitted
from recto.notations.xhtml import SVG
from tests.building import Built, build

TEXT = "# 1 Sails\n\n## 1.1 Cloth\n\n![A sail.](%s)\n\nThe end.\n"


def book(folder: Path, name: str, settings: str = "", **saved: Any) -> Path:
    source = folder / "sails"
    source.mkdir()
    image = saved.pop("image")
    image.save(source / name, **saved)
    (source / "a.md").write_text(TEXT % name, encoding="utf-8")
    (source / "book.toml").write_text(f'[book]\ndate = "2026"\n{settings}', encoding="utf-8")
    return source


def packed(built: Built) -> dict[str, bytes]:
    with zipfile.ZipFile(built.output(".epub")) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    return Image.radial_gradient("L").resize((width, height)).convert(mode)


def transparent() -> Image.Image:
    image = noise(60, 40, "RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    return image


def frames() -> dict[str, Any]:
    first, *others = (Image.new("L", (20, 20), grey) for grey in (0, 255, 0))
    return {"image": first, "save_all": True, "append_images": others, "duration": 90}


CASES: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "large": ("large.jpg", {"image": noise(2400, 3000)}, "images/large.jpg", "pixels, not 2400 × 3000"),
    "webp": ("sharp.webp", {"image": noise(60, 40), "lossless": True}, "images/sharp.png", "not WebP"),
    "webp that is lossy": ("lossy.webp", {"image": noise(60, 40)}, "images/lossy.jpg", "not WebP"),
    "transparent": ("glass.png", {"image": transparent()}, "images/glass.png", "laid on white"),
    "four inks": ("inks.jpg", {"image": noise(60, 40, "CMYK")}, "images/inks.jpg", "not CMYK"),
}


FITTING = ("fits.png", "fits.jpg", "fits.gif")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """One book of all these pictures, each under a name of its own; the folder of the manuscript."""
    folder = tmp_path_factory.mktemp("pictures")
    source = folder / "sails"
    source.mkdir()
    for name, saved, *_ in CASES.values():
        saved["image"].save(source / name, **{key: value for key, value in saved.items() if key != "image"})
    for name in FITTING:
        noise(60, 40, "L").save(source / name)
    names = [*(case[0] for case in CASES.values()), *FITTING]
    text = "\n\n".join(f"![A sail.]({name})" for name in names)
    (source / "a.md").write_text(f"# 1 Sails\n\n## 1.1 Cloth\n\n{text}\n\nThe end.\n", encoding="utf-8")
    (source / "book.toml").write_text('[book]\ndate = "2026"\n', encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECTO_CACHE", str(folder / "cache"))
        return source, build(source, folder / "out", "--formats", "epub")


@pytest.mark.parametrize("case", CASES)
def test_a_copy_is_made_where_a_shop_would_refuse_and_it_is_told(case: str, many: tuple[Path, Built]) -> None:
    name, _, inside, said = CASES[case]
    _, built = many
    (told,) = (
        p["message"]
        for p in built.report["problems"]
        if p["code"] == "image-fitted" and re.search(rf"\b{re.escape(name)}\b", p["message"])
    )
    assert said in told
    files = packed(built)
    image = Image.open(io.BytesIO(files[f"EPUB/{inside}"]))
    assert image.width * image.height <= 4_000_000
    assert image.mode in ("RGB", "L")
    assert image.format == {"jpg": "JPEG", "png": "PNG"}[inside[-3:]]
    assert f'src="{inside}"' in files["EPUB/chapter-1.xhtml"].decode()


@pytest.mark.parametrize("name", FITTING)
def test_a_picture_that_fits_is_packed_as_it_is(name: str, many: tuple[Path, Built]) -> None:
    source, built = many
    assert [p for p in built.report["problems"] if name in p["message"]] == []
    assert packed(built)[f"EPUB/images/{name}"] == (source / name).read_bytes()


def test_copies_come_out_the_same_each_time(tmp_path: Path, many: tuple[Path, Built]) -> None:
    source, built = many
    again = build(source, tmp_path / "again", "--formats", "epub", "--no-cache")
    assert again.output(".epub").read_bytes() == built.output(".epub").read_bytes()


def test_a_picture_turned_by_exif_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    built = build(
        book(tmp_path, "a.jpg", image=noise(60, 40), exif=exif), tmp_path / "out", "--formats", "epub"
    )
    files = packed(built)
    image = Image.open(io.BytesIO(files["EPUB/images/a.jpg"]))
    assert image.size == (40, 60)
    assert image.getexif().get(0x0112, 1) == 1
    size = re.search(r'width="(\d+)" height="(\d+)"', files["EPUB/chapter-1.xhtml"].decode())
    assert size is None or size.groups() == ("40", "60")


def test_colours_of_another_profile_are_turned_into_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    written = io.BytesIO()
    noise(60, 40).save(written, "PNG", icc_profile=lab)
    made = fitted(written.getvalue(), 4_000_000)
    assert made is not None
    srgb = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    noise(60, 40).save(srgb, "PNG", icc_profile=profile)
    plain = fitted(srgb.getvalue(), 4_000_000)
    assert plain is not None
    assert plain.done == ()


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_is_left_alone(content: bytes) -> None:
    assert fitted(content, 4_000_000) is None


def test_a_picture_that_moves_takes_the_claim_away_that_nothing_does(tmp_path: Path) -> None:
    built = build(book(tmp_path, "a.gif", **frames()), tmp_path / "out", "--formats", "epub")
    assert [p["code"] for p in built.report["problems"]] == ["hazard-unknown"]
    assert b'accessibilityHazard">unknown<' in packed(built)["EPUB/content.opf"]


def test_a_sheet_that_moves_what_stands_in_the_book_takes_that_claim_away(tmp_path: Path) -> None:
    source = book(tmp_path, "a.png", image=noise(60, 40, "L"))
    (source / "styles").mkdir()
    sheet = "@keyframes turn { from { opacity: 0 } to { opacity: 1 } } p { animation: turn 1s }\n"
    (source / "styles" / "epub.css").write_text(sheet, encoding="utf-8")
    built = build(source, tmp_path / "out", "--formats", "epub")
    assert [p["code"] for p in built.report["problems"]] == ["hazard-unknown"]
    assert b'accessibilityHazard">unknown<' in packed(built)["EPUB/content.opf"]


def test_a_drawing_that_moves_takes_it_away_and_a_copy_that_stands_still_does_not(tmp_path: Path) -> None:
    source = book(tmp_path, "a.webp", **frames())
    style = "@keyframes a { from { opacity: 0 } } path { animation: a 1s }"
    built = build(source, tmp_path / "out", "--formats", "epub")
    assert [p["code"] for p in built.report["problems"]] == ["image-fitted"]
    moves = f'<svg xmlns="{SVG}" width="9" height="9"><style>{style}</style><path d="M0 0h9"/></svg>'
    (source / "b.svg").write_text(moves, encoding="utf-8")
    (source / "a.md").write_text(TEXT % "b.svg", encoding="utf-8")
    built = build(source, tmp_path / "out", "--formats", "epub")
    assert [p["code"] for p in built.report["problems"]] == ["hazard-unknown"]


def test_whoever_vouches_for_what_moves_is_believed(tmp_path: Path) -> None:
    settings = '[accessibility]\nhazards = ["noFlashingHazard"]\n'
    built = build(book(tmp_path, "a.gif", settings, **frames()), tmp_path / "out", "--formats", "epub")
    assert built.report["problems"] == []
    assert b'accessibilityHazard">noFlashingHazard<' in packed(built)["EPUB/content.opf"]


def test_what_only_decorates_counts_as_no_picture_without_words(tmp_path: Path) -> None:
    source = book(tmp_path, "a.png", image=noise(60, 40, "L"))
    (source / "a.md").write_text((TEXT % "a.png") + "\n![](a.png){.decorative}\n", encoding="utf-8")
    built = build(source, tmp_path / "out", "--formats", "epub")
    assert built.report["problems"] == []
    opf = packed(built)["EPUB/content.opf"].decode()
    assert "alternativeText" in opf
    assert 'accessModeSufficient">textual<' in opf
    assert "Every image has a text alternative" in opf
