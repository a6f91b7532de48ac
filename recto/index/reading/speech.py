"""What the index has to know of how a language speaks: its little words, and how it defines a term."""

from __future__ import annotations

import re
from dataclasses import dataclass

_EMPTY: frozenset[str] = frozenset()
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Speech:
    """The ways of one language.

    called        what stands before the name of a thing (`known as`), each perhaps with a pattern in it
    indefinite    the articles for `a`
    definite      those for `the`
    is_one        what stands between a thing and what it is: verbs
    one           what may stand after these, beside articles (`is any`)
    other_openers what opens the phrase of a noun, beside articles
    before_verbs  what a verb follows
    links         what holds a term together from within: “proof of work”, “chef de cuisine”
    capital_nouns whether every noun has a capital
    no_noun       finds words that are no nouns, by their ends, unless they have a plural
    superlative   finds those that are none unless they stand after an indefinite article
    noun          finds nouns by their ends, even where they stand before others as adjectives do
    """

    called: tuple[str, ...] = ()
    indefinite: tuple[str, ...] = ()
    definite: tuple[str, ...] = ()
    is_one: tuple[str, ...] = ()
    one: tuple[str, ...] = ()
    other_openers: frozenset[str] = _EMPTY
    before_verbs: frozenset[str] = _EMPTY
    links: frozenset[str] = _EMPTY
    capital_nouns: bool = False
    no_noun: re.Pattern[str] = _NEVER
    superlative: re.Pattern[str] = _NEVER
    noun: re.Pattern[str] = _NEVER

    @property
    def articles(self) -> tuple[str, ...]:
        """All articles."""
        return (*self.indefinite, *self.definite)

    @property
    def determiners(self) -> frozenset[str]:
        """All that opens the phrase of a noun."""
        return self.other_openers.union(self.articles)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SPEECH = {
    "en": Speech(
        called=("called", "known as", "termed", "named", "referred to as", "so-called"),
        indefinite=("a", "an"),
        definite=("the",),
        is_one=("is", "are"),
        one=("any", "one"),
        other_openers=_words("this that these those my your his her its our their each every any"),
        before_verbs=_words(
            "to can could will would must should may might cannot can’t don’t doesn’t didn’t won’t not i"
            " you we they he she it let’s who never always just then you’ll we’ll they’ll it’ll please"
        ),
        links=_words("of"),
        no_noun=re.compile(
            r".{3,}(?:ly|ful|ous|ive|able|ible|less|ish|ical|ular|ed)$|.*n[’']t$|.*[’'](?:re|ll|ve|d|m)$"
        ),
        superlative=re.compile(r".{3,}est$"),
        noun=re.compile(r".(?:tion|sion|ment|ness|ity|ance|ence|ship|ism|ology|graphy|ing)$"),
    ),
    "de": Speech(
        called=("genannt", r"(?<!das\s)heißt", "heißen", "nennt man", "nennen wir", "bezeichnet als",
                "sogenannte", "sogenannten", "sogenannter", "sogenanntes"),
        indefinite=("ein", "eine", "einen", "einem", "einer", "eines"),
        definite=("der", "die", "das", "den", "dem", "des"),
        is_one=("ist", "sind"),
        other_openers=_words(
            "dieser diese dieses diesen diesem kein keine keinen jeder jede jedes mein meine dein deine"
            " sein seine ihr ihre ihren unser unsere im am zum zur beim vom"
        ),
        before_verbs=_words(
            "zu kann kannst können könnt muss müssen soll sollte sollten will wollen man ich du wir"
        ),
        capital_nouns=True,
    ),
    "fr": Speech(
        called=("appelé", "appelée", "appelés", "appelées", "nommé", "nommée", "nommés", "nommées",
                "s’appelle", "on appelle", "connu sous le nom de", "connue sous le nom de"),
        indefinite=("un", "une", "des"),
        definite=("le", "la", "les", "l’"),
        is_one=("est", "sont"),
        other_openers=_words(
            "du au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs"
            " chaque"
        ),
        before_verbs=_words(
            "je tu il elle on nous vous ils elles ne pas peut peuvent pouvez doit doivent devez qui"
        ),
        links=_words("de du des"),
        no_noun=re.compile(r".{3,}(?:al|el|iqu|iv|abl|ibl|eus)ement$|.{2,}[ae]mment$"),
    ),
    "es": Speech(
        called=("llamado", "llamada", "llamados", "llamadas", "denominado", "denominada", "se llama",
                "se llaman", "conocido como", "conocida como"),
        indefinite=("un", "una", "unos", "unas"),
        definite=("el", "la", "los", "las"),
        is_one=("es", "son"),
        other_openers=_words("al del este esta estos estas ese esa mi tu su sus nuestro nuestra cada"),
        before_verbs=_words(
            "yo tú él ella ellos no se puede pueden puedes podemos debe deben debes quieres vamos"
        ),
        links=_words("de del"),
        no_noun=re.compile(r".{3,}mente$"),
    ),
    "it": Speech(
        called=("chiamato", "chiamata", "chiamati", "chiamate", "detto", "detta", "detti", "dette",
                "si chiama", "si chiamano", "noto come", "nota come"),
        indefinite=("un", "una", "uno"),
        definite=("il", "lo", "la", "i", "gli", "le"),
        is_one=("è", "sono"),
        other_openers=_words(
            "al alla del della dello dei delle nel nella questo questa questi queste mio mia suo sua"
            " nostro nostra ogni"
        ),
        before_verbs=_words("io tu lui lei noi voi loro non si può possono possiamo deve devono dobbiamo"),
        links=_words("di"),
        no_noun=re.compile(r".{3,}mente?$"),
    ),
    "nl": Speech(
        called=("genaamd", "genoemd", "heet", "heten", "noemen we", "zogenaamde"),
        indefinite=("een",),
        definite=("de", "het"),
        is_one=("is", "zijn"),
        other_openers=_words("deze dit die dat mijn jouw zijn haar ons onze hun elke ieder iedere geen"),
        before_verbs=_words(
            "te kan kunnen moet moeten zal zullen wil willen ik je we wij ze hij zij men niet"
        ),
    ),
    "pt": Speech(
        called=("chamado", "chamada", "chamados", "chamadas", "denominado", "denominada", "chama-se",
                "conhecido como", "conhecida como"),
        indefinite=("um", "uma", "uns", "umas"),
        definite=("o", "a", "os", "as"),
        is_one=("é", "são"),
        other_openers=_words(
            "ao à do da dos das no na este esta esse essa meu minha seu sua nosso nossa cada"
        ),
        before_verbs=_words("eu você ele ela nós eles não se pode podem podemos deve devem devemos"),
        links=_words("de do da"),
        no_noun=re.compile(r".{3,}mente$"),
    ),
    "sv": Speech(
        called=("kallas", "kallad", "kallade", "kallat", "benämns", "så kallad", "så kallade", "så kallat"),
        indefinite=("en", "ett"),
        definite=("den", "det", "de"),
        is_one=("är",),
        other_openers=_words("denna detta dessa min din sin vår er varje någon något"),
        before_verbs=_words("att kan ska skall måste bör vill jag du vi han hon man inte"),
    ),
}  # fmt: skip
# of a language that is not known no word is little
_SILENT = Speech()


def speech(language: str) -> Speech:
    """How a language (`de-AT`) speaks; nothing is known of one that is not among those above."""
    return _SPEECH.get(language[:2].lower(), _SILENT)
