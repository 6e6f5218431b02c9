"""Names of places as people type them: with or without accents, and by the spelling that they know."""

from collections.abc import Mapping
from typing import Any

from kambila.registry.names import folded

# Other spellings in use beside the official one, by the folded name. A search for one finds the others.
SPELLINGS: tuple[tuple[str, ...], ...] = (
    ("tombouctou", "timbuktu", "timbuctoo", "tinbuktu", "tombuctu"),
    ("koulikoro", "koulikouro", "kulikoro"),
    ("segou", "segu"),
    ("djenne", "jenne"),
    ("gao", "gawgaw"),
    ("menaka", "minaka"),
    ("niafunke", "niafounke"),
    ("tessalit", "tassalit"),
    ("tin essako", "tin assako", "ti n essako"),
    ("gourma rharous", "rharous", "gourma"),
    ("abeibara", "abeybara"),
    ("mali", "republique du mali", "republic of mali"),
)


def spellings(text: str) -> tuple[str, ...]:
    """The folded name and the other spellings of it that we know."""
    name = folded(text)
    return next(((name, *(each for each in group if each != name)) for group in SPELLINGS if name in group), (name,))


def search_key(values: Mapping[str, Any]) -> str:
    """All names of a record, folded, each between bars, so that whole names and beginnings can be looked for."""
    stated = [values.get("title"), values.get("reference_title"), *(values.get("alternative_names") or "").split(";")]
    names = dict.fromkeys(folded(each) for each in stated if each)
    names.pop("", None)
    return f"|{'|'.join(names)}|"[:1000] if names else ""
