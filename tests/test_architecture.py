"""The rules that keep the code easy to find one's way in, read from its syntax trees.

Stages know nothing of one another, the pipeline and its editions alone know them, each outside library
has one home, only the command line prints, and no file or function grows past what one reads at a sitting.
"""

from __future__ import annotations

import ast
import re
import runpy
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from recto import galley
from recto.cli.commands import COMMANDS
from recto.editions import NAMES
from tests.checkout import ROOT

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PACKAGE = ROOT / "recto"
MODULES = sorted(PACKAGE.rglob("*.py"))

STAGES = ("gather", "collate", "typeset", "contents", "index", "compose", "epub", "print", "press", "verify")
# What a stage's neighbours may know of it: the nouns that it hands over.
NOUNS = {"recto.index.index_model", "recto.print.binding.pdf_profile"}

# Where each outside library is at home, as a room or a module below `recto` (or more than one).
HOMES = {
    "barcode": "compose",
    "PIL": "images.pictures press desk.proofs",
    "click": "cli",
    "dask": "print",
    "distributed": "print",
    "ebooklib": "epub",
    "jinja2": "compose",
    "latex2mathml": "typeset",
    "lxml": "notations.xhtml verify",
    "mammoth": "forms",
    "markdown": "typeset",
    "markdown_it": "forms typeset notations.blurb",
    "markupsafe": "compose",
    "mdit_py_plugins": "forms",
    "nh3": "typeset",
    "platformdirs": "store",
    "pybtex": "forms",
    "pydyf": "print",
    "pygments": "typeset",
    "pikepdf": "press verify desk.proofs desk.difference",
    "pypdfium2": "epub press verify desk.proofs",
    "rich": "cli.progress",
    "starlette": "desk",
    "tinycss2": "notations.css",
    "tomli": "notations.toml",
    "tomlkit": "desk",
    "uharfbuzz": "print",
    "uvicorn": "desk.serving",
    "watchfiles": "cli.watch",
    "weasyprint": "print",
    "yaml": "notations",
    "ziamath": "typeset",
}
# Those that an option alone needs, and the one module that imports them.
OPTIONAL = {"dask": "recto.print.workers.cluster", "distributed": "recto.print.workers.cluster"}
# Those that the desk alone needs, which no build loads.
DESK = ("starlette", "tomlkit", "uvicorn")
# What the command line must not load before a build needs it: each takes longer than `--help` may.
LAZY = (
    "ebooklib",
    "fontTools",
    "latex2mathml",
    "mammoth",
    "markdown",
    "markdown_it",
    "PIL",
    "pikepdf",
    "pybtex",
    "pygments",
    "uharfbuzz",
    "weasyprint",
)

LONGEST_FILE = 320
LONGEST_FUNCTION = 45
# Whatever stands here is longer, and says why.
LONGER_FILES = {
    "recto/settings/config.py": "every table of book.toml, its defaults and how it is read, in one place",
    "recto/model.py": "every noun that passes between stages, found in one place; most of it is docstrings",
}
LONGER_FUNCTIONS: dict[str, str] = {}


def dotted(path: Path) -> str:
    """`recto/index/places.py` as `recto.index.places`, and a package's `__init__.py` as the package."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, wherever in it, with the line; relative names made absolute."""
    package = dotted(path).split(".")
    package = package if path.name == "__init__.py" else package[:-1]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            for (
                alias
            ) in node.names:  # `from recto import epub` imports a module, `from recto.epub import x` a name
                yield node.lineno, f"{origin}.{alias.name}"


def stage_of(module: str) -> str | None:
    """The stage that a module, or a name in one, belongs to."""
    stage = module.split(".")[1:2]
    return stage[0] if module.startswith("recto.") and stage[0] in STAGES else None


def home(name: str, modules: Collection[str]) -> str:
    """The module that an imported name is in, or is itself."""
    return name if name in modules else name.rpartition(".")[0]


def is_noun(module: str) -> bool:
    return any(module == noun or module.startswith(f"{noun}.") for noun in NOUNS)


def is_of(library: str, module: str) -> bool:
    return module.partition(".")[0] == library


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def test_the_checks_see_the_package() -> None:
    assert {"recto.cli", "recto.pipeline", "recto.model"} <= set(map(dotted, MODULES))
    assert {stage for path in MODULES if (stage := stage_of(dotted(path)))} == set(STAGES)


def test_stages_do_not_import_one_another() -> None:
    crossings = [
        f"{place(path, line)} imports {module}"
        for path in MODULES
        if (own := stage_of(dotted(path)))
        for line, module in imports(path)
        if stage_of(module) not in (None, own) and not is_noun(module)
    ]
    assert crossings == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Not even inside a room, nor by an import within a function: a circle can't be read from one end."""
    modules = set(map(dotted, MODULES))
    below = {dotted(path): {home(name, modules) for _, name in imports(path)} & modules for path in MODULES}
    while free := {name for name, others in below.items() if not others & below.keys() - {name}}:
        below = {name: others for name, others in below.items() if name not in free}
    assert below.keys() == set(), {name: others & below.keys() for name, others in below.items()}


def test_what_stages_say_to_each_other_in_a_galley_is_written_once() -> None:
    """Its classes, attributes, roles and schemes are named in its grammar, and nowhere else by hand."""
    words = {value for name, value in vars(galley).items() if name.isupper() and isinstance(value, str)}
    words -= {"backlink", "book", "footnote", "label", "missing", "recto"}  # these mean other things too
    others = {  # a code, a tag, a directive, a key
        ("recto.typeset.work", "index-mark"),
        ("recto.verify.epub_reader", "math"),
        ("recto.forms.jupyter_book.directive_kinds", "math"),
        ("recto.forms.jupyter_book.preparing", "math"),
    }
    strays = {
        f"{place(path, node.lineno)}: {node.value}"
        for path in MODULES
        if dotted(path)
        not in ("recto.galley", "recto.print.engine.sparing.box_sizes")  # CSS: `float: footnote`
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in words and (dotted(path), node.value) not in others
    }
    assert strays == set()


def test_a_class_name_stands_once() -> None:
    """An underscore makes no other word of it: a name is to say what the thing is without its folder."""
    places: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name.lstrip("_"), []).append(place(path, node.lineno))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_a_module_name_stands_once() -> None:
    """But that the same part of several source forms has one name, and a command is called as it is typed."""
    commands = {f"recto.cli.{name.replace('-', '_')}" for name in COMMANDS}
    places: dict[str, set[str]] = {}
    for path in MODULES:
        room = re.sub(r"^recto\.forms\.\w+\.(?=\w+$)", "recto.forms.*.", dotted(path))
        if path.name != "__init__.py" and room not in commands:
            places.setdefault(path.stem, set()).add(room)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def knows_stages(module: str) -> bool:
    """The order of the stages, what is made out of them, what runs them, the desk; the stages themselves."""
    runs = module in ("recto.pipeline", "recto.builder", "recto.production") or module.startswith(
        ("recto.editions.", "recto.desk.")
    )
    return runs or stage_of(module) is not None


def test_only_the_pipeline_the_builder_and_the_editions_import_stages() -> None:
    others = [
        f"{place(path, line)} imports {module}"
        for path in MODULES
        if not knows_stages(dotted(path))
        for line, module in imports(path)
        if stage_of(module) and not is_noun(module)
    ]
    assert others == []


def held_against(node: ast.AST) -> Iterator[str]:
    """The strings that something is held against: by comparing, by matching, or as the key of a table."""
    if isinstance(node, ast.Compare):
        sides: list[ast.AST | None] = [node.left, *node.comparators]
    elif isinstance(node, ast.Dict):
        sides = list(node.keys)
    elif isinstance(node, ast.Subscript):
        sides = [node.slice]
    elif isinstance(node, ast.MatchValue):
        sides = [node.value]
    else:
        return
    for side in sides:
        for each in ast.walk(side) if side is not None else ():
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                yield each.value


def test_no_one_asks_for_an_edition_by_its_name() -> None:
    """Nor by the suffix of a file: what is special about an edition is in its module."""
    names = {form for name in NAMES for form in (name, f".{name}")}
    askers = [
        f"{place(path, getattr(node, 'lineno', 0))}: {text!r}"
        for path in MODULES
        if not dotted(path).startswith("recto.editions")
        for node in ast.walk(tree(path))
        for text in held_against(node)
        if text in names
        if not (text == "cover" and "epub" in dotted(path).split("."))  # a landmark has this name too
    ]
    assert askers == []


def test_the_pipeline_is_read_on_one_screen() -> None:
    path = PACKAGE / "pipeline.py"
    assert path.read_text(encoding="utf-8").count("\n") <= 100
    inside = [
        place(path, each.lineno)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef)
        for each in ast.walk(node)
        if isinstance(each, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_each_outside_library_is_imported_in_its_home_alone() -> None:
    strays = [
        f"{place(path, line)} imports {module}"
        for path in MODULES
        for line, module in imports(path)
        if (library := module.partition(".")[0]) not in {"recto", "tomllib", *sys.stdlib_module_names}
        if not any(f"{dotted(path)}.".startswith(f"recto.{home}.") for home in HOMES.get(library, "").split())
    ]
    assert strays == []


def test_weasyprint_comes_in_by_one_door() -> None:
    """`weasy` is what any version has, `inner` what was read in one: a new version is read there."""
    importers = {dotted(path) for path in MODULES for _, name in imports(path) if is_of("weasyprint", name)}
    postponed = "recto.print.engine.postponing"
    assert importers <= {"recto.print.engine.weasy", "recto.print.engine.inner", postponed}


def test_every_library_that_has_a_home_is_used_there() -> None:
    used = {module.partition(".")[0] for path in MODULES for _, module in imports(path)}
    assert set(HOMES) - used == set()


def test_what_pyproject_asks_for_is_what_has_a_home() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in project["dependencies"]}
    # Python 3.10 knows only the packages that list their modules in top_level.txt
    flit = {"markdown_it": ["markdown-it-py"], "mdit_py_plugins": ["mdit-py-plugins"]}
    packages = {**flit, **packages_distributions()}
    homed = {packages.get(library, [library])[0].lower() for library in HOMES}
    extras = project["optional-dependencies"]
    extra = [*extras["dask"], *extras["serve"]]
    asked |= {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in extra}
    assert asked == homed - {"dask"}  # which `distributed` brings


def test_build_py_looks_for_every_library() -> None:
    needed = runpy.run_path(str(ROOT / "build.py"))["NEEDED"]
    assert set(needed) == HOMES.keys() - {"tomli", *OPTIONAL, *DESK}


def test_what_an_option_alone_needs_is_imported_in_one_module_and_only_when_it_is_asked_for() -> None:
    importers = {
        library: {dotted(path) for path in MODULES for _, name in imports(path) if is_of(library, name)}
        for library in OPTIONAL
    }
    assert importers == {library: {home} for library, home in OPTIONAL.items()}
    at_once = [
        ast.unparse(node)
        for home in set(OPTIONAL.values())
        for node in tree(PACKAGE.parent / f"{home.replace('.', '/')}.py").body
        if isinstance(node, ast.Import | ast.ImportFrom)
        if any(re.search(rf"\b{library}\b", ast.unparse(node)) for library in OPTIONAL)
    ]
    assert at_once == []


# Who else opens files or lists folders: Recto's own, the cache's, the fonts of the machine, what is written.
OPENERS = {
    "recto.images.assets", "recto.oversight.budget", "recto.door", "recto.oversight.supervisor",
    "recto.oversight.put_aside",
    "recto.store.cache", "recto.store.fingerprint", "recto.store.swap",
    "recto.desk.reproduction", "recto.desk.server", "recto.desk.beginning.unfold", "recto.gather.nearest",
    "recto.languages", "recto.index.automatic.familiarity", "recto.print.engine.system",
    "recto.print.workers.pool", "recto.images.svg", "recto.cli.watch",
}  # fmt: skip


def test_files_of_a_book_come_in_by_one_door() -> None:
    opening = re.compile(
        r"\.(?:read_bytes|read_text|iterdir|r?glob)\(\w*\)|\bos\.(?:walk|scandir|f?open)\(|^open\("
    )
    strays = {
        place(path, node.lineno)
        for path in MODULES
        if dotted(path) not in OPENERS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and opening.search(ast.unparse(node))
    }
    assert strays == set()


# What libraries call by these names.
CALLED_FROM_OUTSIDE = {
    "get_source", "list_templates", "intercepted_binops", "concat", "visit_Concat", "emit", "parseDocument",
    "validateLink",
}  # fmt: skip


def defined(path: Path) -> Iterator[tuple[int, str]]:
    """Every function, class, field and constant of a module, with its line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.AnnAssign | ast.Assign):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            if isinstance(target, ast.Name):
                yield node.lineno, target.id


def test_nothing_is_there_for_the_tests_alone() -> None:
    """Nor for nobody: each name of the package is used in it, by a template, or by whoever measures it."""
    templates = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    readers = [*MODULES, *(ROOT / "bench").glob("*.py"), *templates, ROOT / "build.py"]
    used = Counter(re.findall(r"\w+", "\n".join(path.read_text(encoding="utf-8") for path in readers)))
    idle = [
        f"{place(path, line)}: {name}"
        for path in MODULES
        for line, name in defined(path)
        if used[name] == 1 and not name.startswith("__") and name not in CALLED_FROM_OUTSIDE
    ]
    assert idle == []


def test_only_the_command_line_prints() -> None:
    talkers = [
        place(path, node.lineno)
        for path in MODULES
        if not dotted(path).startswith("recto.cli")
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print")
        or (
            isinstance(node, ast.Attribute)
            and ast.unparse(node) in {"sys.stdout", "sys.stderr", "click.echo"}
        )
    ]
    assert talkers == []


def test_no_file_is_longer_than_one_reads_at_a_sitting() -> None:
    lengths = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n") for path in MODULES}
    too_long = {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}
    assert too_long.keys() == LONGER_FILES.keys(), too_long


def test_no_function_is_longer_than_a_screen() -> None:
    too_long = {
        f"{dotted(path)}.{node.name}": lines
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert too_long.keys() == LONGER_FUNCTIONS.keys(), too_long


def loaded_by(statement: str) -> set[str]:
    """The modules that are there after a statement, in a process of its own."""
    code = f"import sys; {statement}; print(*sys.modules)"
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    return set(made.stdout.split())


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    assert {name.partition(".")[0] for name in loaded_by("import recto.cli")} & set(LAZY) == set()


def test_nothing_stands_on_the_desk_and_no_build_loads_it() -> None:
    """It is loaded by the commands that are for it, which the command line loads when they are asked for."""
    commands = {f"recto.cli.{name}" for name in ("init", "serve", "verify_reproducible")}
    importers = {
        dotted(path)
        for path in MODULES
        if not dotted(path).startswith("recto.desk")
        for _, name in imports(path)
        if name.startswith("recto.desk")
    }
    assert importers <= commands
    loaded = loaded_by("import recto.cli, recto.production, recto.builder")
    assert {name for name in loaded if name.startswith("recto.desk")} | (loaded & commands) == set()


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    """The files under version control."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_the_top_level_holds_what_a_user_looks_for_and_nothing_else(tracked: list[Path]) -> None:
    meant = {"book", "templates", "styles", "build.py", "tests", "pyproject.toml", "README.md"}
    meant |= {"recto", "bench", "themes", "Makefile", "LICENSE"}
    meant |= {"CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"}
    meant |= {"action.yml", "Dockerfile"}
    top = {path.relative_to(ROOT).parts[0] for path in tracked}
    assert {name for name in top if not name.startswith(".")} - meant == set()


def test_the_tour_of_the_house_names_only_what_is_there() -> None:
    tour = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:recto|tests|styles|templates|themes)/[\w./-]*)`", tour)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_a_module_that_a_docstring_names_is_there() -> None:
    """Names stand once, so the last part of the path is enough."""
    there = {
        path.name for path in (*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").glob("*.py"))
    }
    there |= {"build.py", "conf.py"}  # the second is Sphinx's
    strays = [
        f"{path.relative_to(ROOT)} names {name}"
        for path in MODULES
        for name in re.findall(r"\b[a-z_]+\.py\b", ast.get_docstring(tree(path)) or "")
        if name not in there
    ]
    assert strays == []


def test_no_file_names_a_folder_of_the_machine_it_was_written_on(tracked: list[Path]) -> None:
    machine = re.compile(rb"(?<![\w./~-])/(?:home|mnt|opt|root|srv|Users|work)/\w[\w./-]*")
    found = [
        f"{path.relative_to(ROOT)}: {name.decode()}"
        for path in tracked
        if path.suffix not in {".ttf", ".png", ".jpg"}
        for name in machine.findall(path.read_bytes())
    ]
    assert found == []
