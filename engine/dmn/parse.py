"""Reads a DMN file, with those it imports, into a model."""

from pathlib import Path

from engine.dmn.decide import Model
from engine.dmn.imports import Folder, folder_of, nothing
from engine.dmn.model import ModelInvalid
from engine.dmn.reader import read_model
from engine.dmn.source import read_definitions


def load(path: str | Path) -> Model:
    """The model in a file; raises ModelInvalid.

    An expression that does not parse is among the model's `problems`; deciding with it raises.
    """
    place = Path(path)
    if not place.is_file():
        raise ModelInvalid(str(path), [(None, "There is no such file")])
    return _read(place.read_bytes(), str(path), folder_of(place))


def parse(source: bytes, *, file: str) -> Model:
    """The model in the bytes of a file; raises ModelInvalid with all its problems."""
    model = _read(source, file, nothing)
    if model.problems:
        raise ModelInvalid(file, model.problems)
    return model


def _read(source: bytes, file: str, folder: Folder) -> Model:
    return read_model(read_definitions(source, file=file), file, folder)
