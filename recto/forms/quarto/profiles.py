"""Profiles of a Quarto project: `_quarto-print.yml`, whose settings go over those of `_quarto.yml`.

https://quarto.org/docs/projects/profiles.html: `profile: default` names those that are on, else the first of
each `group`; tables are merged, and lists go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from recto.forms.folder import BookFolder
from recto.forms.list_files import table, yaml_list
from recto.problems import Problem

SETTINGS = ("_quarto.yml", "_quarto.yaml")
_OF_A_PROFILE = re.compile(r"_quarto-(?P<name>[\w-]+)\.ya?ml")
_DEEPEST = 10  # tables in one another


def with_profiles(
    data: Mapping[str, object], folder: BookFolder
) -> tuple[Mapping[str, object], list[str], tuple[Problem, ...]]:
    """Settings with those of the profiles that are on, the files of these, and what is wrong there.

    Where the chapters stand in profiles alone and none is on, the first that has them is.
    """
    files = {found["name"]: name for name in folder.everything() if (found := _OF_A_PROFILE.fullmatch(name))}
    active = [name for name in _active(table(data, "profile")) if name in files]
    problems: tuple[Problem, ...] = ()
    if not active and not table(data, "book").get("chapters"):
        read = {name: yaml_list(folder, file)[0] for name, file in files.items()}
        active = [name for name, said in read.items() if table(said, "book").get("chapters")][:1]
    for name in active:
        said, more = yaml_list(folder, files[name])
        problems += more
        data = _merged(data, said, 0)
    return data, [files[name] for name in active], problems


def active_profiles(data: Mapping[str, object], folder: BookFolder) -> frozenset[str]:
    """The names of the profiles that are on, whether they have settings of their own or not."""
    read = (_OF_A_PROFILE.fullmatch(name) for name in with_profiles(data, folder)[1])
    return frozenset((*_active(table(data, "profile")), *(found["name"] for found in read if found)))


def _active(profile: Mapping[str, object]) -> Iterator[str]:
    default, groups = profile.get("default"), profile.get("group")
    if default:
        yield from (str(name) for name in (default if isinstance(default, list) else [default]))
        return
    listed = groups if isinstance(groups, list) else []
    for group in listed if any(isinstance(each, list) for each in listed) else [listed]:
        yield from (str(name) for name in (group if isinstance(group, list) else [group])[:1])


def _merged(one: Mapping[str, object], other: Mapping[str, object], depth: int) -> Mapping[str, object]:
    made = dict(one)
    for key, value in other.items():
        had = made.get(key)
        if isinstance(had, dict) and isinstance(value, dict) and depth < _DEEPEST:
            made[key] = _merged(had, value, depth + 1)
        elif isinstance(had, list) and isinstance(value, list):
            made[key] = [*had, *(each for each in value if each not in had)]
        else:
            made[key] = value
    return made
