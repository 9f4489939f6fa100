"""Writes the JSON Schemas, or compares them with what the records say."""

from pathlib import Path

from casebook.files import write_files
from casebook.source.json_schema import schema_files


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write every schema into a folder; returns the paths written."""
    files = {folder / name: text.encode("utf-8") for name, text in schema_files().items()}
    # Why force: the names are casebook's own, and JSON Schema has no room for a mark.
    write_files(files, force=True)
    return tuple(files)


def stale_schemas(folder: Path) -> tuple[str, ...]:
    """The names of schema files that are missing or say something else than the records."""
    stale = []
    for name, text in schema_files().items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    known = set(schema_files())
    stale += [path.name for path in folder.glob("*.schema.json") if path.name not in known]
    return tuple(stale)
