"""Names of persons, which an index files under the surname: `Lovelace, Ada`."""

from __future__ import annotations

# Common given names, of many languages; none that is a word or a place as well.
_GIVEN = frozenset(
    "aaron abigail abraham ada adam adrian agnes ahmed alan albert alberto alejandro alex alexander"
    " alexandra alfred alice alonzo amelia amy ana anders andrea andreas andrei andrew andrzej angela"
    " anita ann anna anne anthony antoine antonio arthur barbara beatrice benjamin bernard bertrand bjarne"
    " blaise bob brendan brian bruce bruno carl carla carlo carlos carol caroline catherine cecilia"
    " charles charlotte chris christian christine christopher claire claude claudia daniel david dennis"
    " diana diego dmitri donald dorothy douglas edgar edith edmund edsger eduardo edward edwin eleanor"
    " elena elisabeth elizabeth ellen emily emma eric erik ernest ethan eugene eva evelyn felix fernando"
    " francesco francis francisco franz fred frederick friedrich gabriel galileo gavin geoffrey georg"
    " george gerald gerard giovanni giulia giuseppe gottfried gottlob greg gregory guido gustav hannah"
    " hans harold harriet heinrich helen helena henri henry herbert hermann howard hugo ian ingrid isaac"
    " isabel ivan jack jacob jacques jakob james jane janet jason javier jean jeffrey jennifer jens jeremy"
    " jesse jessica joan joanna johann johannes john jonathan jorge jose josef joseph josephine joshua"
    " juan judith julia julian karen karl katherine keith kenneth kevin kurt larry laura lawrence leo leon"
    " leonard leonhard leopold leslie lewis linda linus lisa louis louise lucas lucy ludwig luigi luis"
    " maria marie mario martin marvin mary mathilde matthew max maurice megan michael michel miguel"
    " mikhail mohammed monica nancy natalia natalie nathan neil niccolo nicholas nicolas niels nikola"
    " nikolai noam oliver olga oscar otto pablo pamela patricia patrick paul paula pedro peter philip"
    " pierre rachel ralph raymond rebecca rene richard robert roberto roger roland ronald rosalind roy"
    " rudolf ruth salvador samuel sandra sara sarah satoshi sebastian sergei simon simone sofia sophie"
    " stefan stephanie stephen steven susan svetlana sven sylvia takeshi teresa theodore theresa thomas"
    " tim timothy tobias tony umberto ursula vera vernon victor vincent vitalik vladimir walter wilhelm"
    " william winston wolfgang yukihiro yuri yves".split()
)
_PARTICLES = frozenset("da de del della der di du la le van von".split())


def inverted(name: str) -> str:
    """A name with its surname first; what is no name of a person as it is.

    Two to four capitalised words of which the first is a given name are taken for one; initials and
    particles (`van`) may stand between, and a particle stays before the surname's end (`Gogh, Vincent van`).
    """
    parts = name.split()
    if not 2 <= len(parts) <= 4 or parts[0].lower() not in _GIVEN or not parts[0].istitle():
        return name
    *between, last = parts[1:]
    is_surname = last[0].isupper() and not last.isupper() and last.replace("-", "").replace("’", "").isalpha()
    if not is_surname or not all(_may_stand_between(part) for part in between):
        return name
    return f"{last}, {' '.join(parts[:-1])}"


def _may_stand_between(part: str) -> bool:
    return part in _PARTICLES or (part[0].isupper() and len(part.rstrip(".")) == 1) or part.lower() in _GIVEN
