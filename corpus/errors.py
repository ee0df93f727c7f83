"""The one tree of errors of the project.

::

    DudaoError
    ├── CorpusError               a document or its metadata is at fault
    │   ├── ParseError            the text does not read as a policy document
    │   ├── UnreadableFileError   a file offered as a new document cannot be read
    │   └── SourceChangedError    a source file differs from its recorded sha256
    ├── IndexFault                what `make setup` builds is at fault
    │   ├── ModelError            the embedding model cannot be unpacked or loaded
    │   ├── IndexMissingError     no index has been built
    │   ├── IndexStaleError       the index was built from other inputs
    │   └── IndexDamagedError     the index fails its own check
    ├── FeedbackError             votes and unanswered questions cannot be kept or read
    ├── CourseError               courses cannot be kept or read
    ├── InputError                a question, option or file given by the user is refused
    │   └── CourseRefusedError    a course, or what is asked of one, is refused
    ├── EvaluationError           an evaluation cannot go on
    └── ServerError               the page cannot be served

Every message is one sentence that carries the id and the offending value and, where one exists, the command
that mends it, so that a catcher at the border prints `str(error)` and nothing else. Library errors are
wrapped with `from`.
"""


class DudaoError(Exception):
    """Any foreseen failure; the command line prints the message, exits 2 and shows no traceback."""


class CorpusError(DudaoError):
    """A document is at fault; `corpus check` lists it and `index build` stops before writing."""


class ParseError(CorpusError):
    """The text does not read as a policy document; its catcher names it and goes on with the others."""


class UnreadableFileError(CorpusError):
    """An offered file cannot be read (broken, encrypted, empty, too large); its catcher goes on with the others."""


class SourceChangedError(CorpusError):
    """A source file is missing or differs from its recorded sha256; its catcher refuses to build from it."""


class IndexFault(DudaoError):
    """Something that set-up builds is at fault; the page answers with one sentence and keeps running."""


class ModelError(IndexFault):
    """The embedding model cannot be unpacked or loaded; its catcher prints what mends it."""


class IndexMissingError(IndexFault):
    """No index has been built yet; its catcher prints the build command."""


class IndexStaleError(IndexFault):
    """The index was built from other inputs; its catcher prints the build command, serves nothing."""


class IndexDamagedError(IndexFault):
    """The index fails its own check; its catcher serves nothing from it and prints the build command."""


class FeedbackError(DudaoError):
    """Votes and unanswered questions cannot be kept or read; the page says that nothing was kept and goes on."""


class CourseError(DudaoError):
    """Courses cannot be kept or read; the page says that nothing was kept and goes on."""


class InputError(DudaoError):
    """A question, option or file is refused; the page shows the sentence, the command line exits 2."""


class CourseRefusedError(InputError):
    """A course is refused; the page shows the sentence of `key` in its own language, with `values` put in."""

    def __init__(self, message: str, key: str, **values: str | int) -> None:
        super().__init__(message)
        self.key = key
        self.values = values


class EvaluationError(DudaoError):
    """An evaluation cannot go on; the rows so far stay, and the command line prints the sentence and exits 2."""


class ServerError(DudaoError):
    """The page cannot be served as asked; the command line prints the sentence and exits 2."""
