"""The exceptions taskie raises: each is a ``TaskieError`` and the built-in a caller expects."""


class TaskieError(Exception):
    """Any error that taskie raises on purpose."""


class ReadError(TaskieError, ValueError):
    """A file or a record cannot be read: wrong format, encoding, version or content."""


class WriteError(TaskieError, OSError):
    """A result cannot be written where it was asked to go."""


class ModelError(TaskieError, RuntimeError):
    """A model folder is missing, incomplete, of another version, or does not match its checksum."""


class AnnotationError(TaskieError, ValueError):
    """An annotation breaks the guidelines or does not fit its text."""


class MissingDependencyError(TaskieError, ImportError):
    """An optional package is needed for what was asked; the message says which extra to install."""
