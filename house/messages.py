"""`make messages`: bring every app folder's catalogue up to date with its Python files and templates.

An app folder is one that has a `locale` folder, or that ought to have: it has words in gettext. The words of files that
lie in no app folder (cli.py, settings.py) belong to kambila/locale. Translations are kept; new words are left empty for
a person, never guessed; words that are gone are dropped.
"""

import inspect
import io
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path("kambila")
LANGUAGES = ["fr"]
KEYWORDS = DEFAULT_KEYWORDS | {"gettext_lazy": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2)}
TEMPLATES = {".html", ".txt", ".svg"}

# Only what a reader of the file needs: no dates and no placeholders that change on every machine.
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plural}\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""

Message = tuple[str, str | tuple[str, ...], list[str], str | None]


def app_folders(package: Path) -> list[Path]:
    """Every folder with a catalogue of its own: the package, its rooms and the areas of work."""
    rooms = [path.parent for path in sorted(package.glob("*/__init__.py"))]
    areas = [path.parent for path in sorted(package.glob("domain/*/__init__.py"))]
    return [package, *rooms, *areas]


def sources(app: Path, apps: list[Path]) -> Iterator[Path]:
    """The Python files and templates of an app folder, without those of app folders within it."""
    within = [other for other in apps if other != app and app in other.parents]
    for path in sorted(app.rglob("*")):
        if path.suffix in {".py", *TEMPLATES} and not any(other in path.parents for other in within):
            yield path


def extract_template(file: io.BytesIO, keywords: dict, comment_tags: list, options: dict) -> Iterator:
    """The words of a Django template: Django turns its tags into the calls of gettext that Babel reads."""
    code = templatize(file.read().decode(), origin="template")
    return extract_python(io.BytesIO(code.encode()), keywords, comment_tags, options)


def messages(path: Path) -> Iterator[Message]:
    """(file, message or its singular and plural, comments, context) of one source file."""
    method = "python" if path.suffix == ".py" else extract_template
    with path.open("rb") as file:
        for _line, message, comments, context in extract(method, file, KEYWORDS, ["Translators:"]):
            yield path.as_posix(), message, comments, context
    yield from ((path.as_posix(), sentence, [], None) for sentence in helps().get(path.resolve(), []))


@cache
def helps() -> dict[Path, list[str]]:
    """What `kambila --help` says of each command, by the file that brings it."""
    from kambila.cli import main, said_of

    found: dict[Path, list[str]] = {}
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        file = inspect.getsourcefile(inspect.unwrap(command.callback))
        found.setdefault(Path(file).resolve(), []).append(said_of(command))
    return found


def template_of(app: Path, apps: list[Path]) -> Catalog:
    """All words of an app folder, untranslated."""
    catalog = Catalog(project="Kambila", charset="utf-8")
    for path in sources(app, apps):
        for file, message, comments, context in messages(path):
            catalog.add(message, locations=[(file, None)], auto_comments=comments, context=context)
    return catalog


def catalogue_path(app: Path, language: str) -> Path:
    """Where an app folder keeps its translations."""
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalogue(path: Path, language: str) -> Catalog:
    """The catalogue as it stands; an empty one if there is none yet."""
    if not path.exists():
        return Catalog(locale=language, project="Kambila", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(app: Path, apps: list[Path], language: str) -> int:
    """Rewrite one catalogue. Returns how many words wait for a translation."""
    template = template_of(app, apps)
    if not len(template):
        return 0
    path = catalogue_path(app, language)
    catalog = read_catalogue(path, language)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.format(language=language, plural=catalog.plural_forms).encode())
        write_po(file, catalog, width=120, sort_by_file=True, include_lineno=False, omit_header=True)
    return len(untranslated(template, catalog))


def untranslated(template: Catalog, catalog: Catalog) -> list[str]:
    """The words of the source that have no translation, or only one marked as doubtful."""
    found = []
    for message in template:
        if not message.id:
            continue
        kept = catalog.get(message.id, message.context)
        texts = kept.string if kept and isinstance(kept.string, tuple | list) else [kept.string if kept else ""]
        if kept is None or kept.fuzzy or not all(texts):
            found.append(message.id if isinstance(message.id, str) else message.id[0])
    return found


def main() -> int:
    """Update every catalogue and say what waits. Returns 1 if anything does."""
    apps = app_folders(PACKAGE)
    waiting = {(app, language): update(app, apps, language) for app in apps for language in LANGUAGES}
    for (app, language), count in waiting.items():
        if count:
            print(f"{catalogue_path(app, language)}: {count} without translation")
    return 1 if any(waiting.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
