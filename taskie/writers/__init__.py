"""Write documents: by the ending of the output, or as a table for the terminal."""

from taskie.writers.files import FORMATS, check_output, write
from taskie.writers.terminal import render_table
from taskie.writers.view import render_view, write_view

__all__ = ["FORMATS", "check_output", "render_table", "render_view", "write", "write_view"]
