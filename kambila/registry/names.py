"""Names and codes as people type them: with or without accents, capitals, hyphens and leading zeros."""

import re
import unicodedata

# Letters that Unicode does not take apart: those of Bambara, Fulfulde and Songhay, and two ligatures.
LETTERS = str.maketrans({"ɔ": "o", "ɛ": "e", "ŋ": "n", "ɲ": "ny", "ɓ": "b", "ɗ": "d", "ƴ": "y", "œ": "oe", "æ": "ae"})


def folded(text: str) -> str:
    """A name without accents, case and punctuation.

    >>> folded("Gourma-Rharous"), folded("Ségou")
    ('gourma rharous', 'segou')
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return " ".join(re.findall(r"[^\W_]+", "".join(each for each in plain if not unicodedata.combining(each))))


def plain_code(code: str) -> str:
    """A code without what people leave out or add: case, separators, zeros before a number.

    >>> plain_code("HA-0012"), plain_code("ha 12"), plain_code("TO/2014/003")
    ('ha 12', 'ha 12', 'to 2014 3')
    """
    return " ".join(each.lstrip("0") or "0" for each in re.findall(r"[^\W\d_]+|\d+", folded(code)))


def numbers(text: str) -> list[str]:
    """The numbers in a name: "Tin Essako 1" and "Tin Essako 2" are two places, however alike they look."""
    return [each.lstrip("0") or "0" for each in re.findall(r"\d+", text)]
