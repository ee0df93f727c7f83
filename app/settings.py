"""Settings of the assistant, read from DUDAO_* environment variables once, by the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import InputError
from corpus.load import DEFAULT_ROOT
from index.model import MODEL_NAME
from index.settings import IndexSettings

_PREFIX = "DUDAO_"
_NAMES = {
    "DUDAO_MODEL": "model",
    "DUDAO_RERANKER": "reranker",
    "DUDAO_DATA": "data",
    "DUDAO_CORPUS": "corpus",
    "DUDAO_PORT": "port",
    "DUDAO_HOST": "host",
}


class Settings(BaseModel):
    """Everything that can be set; an unknown DUDAO_ variable is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path = Field(
        Path("var"), description="Folder for the unpacked model, the index and the feedback (DUDAO_DATA)."
    )
    corpus: Path = Field(DEFAULT_ROOT, description="Folder of the documents (DUDAO_CORPUS).")
    model: str = Field("", description="Another sentence-transformers model, by folder or name (DUDAO_MODEL).")
    reranker: Path | None = Field(None, description="Folder of a cross-encoder that reranks (DUDAO_RERANKER); off.")
    host: str = Field("127.0.0.1", description="Address to serve on; only this machine's own (DUDAO_HOST).")
    port: int = Field(7860, ge=1, le=65535, description="Port to serve on (DUDAO_PORT).")
    index: IndexSettings = Field(IndexSettings(), description="What shapes the index.")

    @property
    def model_folder(self) -> Path:
        """Where the bundled model is unpacked to."""
        return self.data / "models" / MODEL_NAME

    @property
    def index_root(self) -> Path:
        """Where index versions are kept."""
        return self.data / "index"

    @property
    def courses_file(self) -> Path:
        """Where courses are kept."""
        return self.data / "courses.sqlite3"

    @property
    def feedback_file(self) -> Path:
        """Where votes and unanswered questions are kept."""
        return self.data / "feedback.sqlite3"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of an environment.

    :raises InputError: an unknown DUDAO_ variable, or a value that does not fit.
    """
    given = {k: v for k, v in environment.items() if k.startswith(_PREFIX) and v}
    unknown = sorted(set(given) - set(_NAMES))
    if unknown:
        raise InputError(f"the setting {unknown[0]} is not known: there are {', '.join(_NAMES)}")
    try:
        return Settings.model_validate({_NAMES[k]: v for k, v in given.items()})
    except ValidationError as error:
        first = error.errors()[0]
        name = next(k for k, v in _NAMES.items() if v == first["loc"][0])
        raise InputError(f"the setting {name} has the value {first['input']!r}: {first['msg']}") from error
