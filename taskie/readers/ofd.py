"""Read .ofd, the Chinese fixed-layout format (GB/T 33190-2016): its pages are read as those of a PDF are.

Boundary: this opens the package and finds its pages and templates; ``ofd_shapes`` reads what stands on them, and
lines, paragraphs and ruled tables are put together by the readers of PDF. Annotations and seals are not text of a page.
"""

from __future__ import annotations

import dataclasses
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

from taskie.errors import ReadError
from taskie.readers.ofd_shapes import POINTS_PER_MM, Shapes, numbers, shapes_of
from taskie.readers.package import MAX_XML_BYTES, open_package
from taskie.readers.pdf import MAX_PAGES, text_of_pages
from taskie.readers.pdf_lines import MARGIN_ZONE
from taskie.readers.source import SourceText

A4_MM = (0.0, 0.0, 210.0, 297.0)


def read_ofd(data: bytes, name: str) -> SourceText:
    """Read an OFD file; raises ``ReadError`` if it is damaged, encrypted, or holds pictures of text only."""
    package = _Package(open_package(data, name, ending=".ofd"), name)
    pages = package.pages()
    read = text_of_pages(pages, name, "ofd")
    slanted = ", ".join(str(number) for number, page in enumerate(pages, 1) if page.slanted)
    if not slanted:
        return read
    return dataclasses.replace(read, warnings=(*read.warnings, f"{name}: turned text on page {slanted} was left out"))


@dataclass
class OfdPage:
    """A page with what ``text_of_pages`` asks of one; points from the upper left corner. Read when first asked for."""

    package: _Package
    part: str
    width: float
    height: float
    templates: list[_Template]
    slanted: bool = False

    @cached_property
    def shapes(self) -> Shapes:
        """What stands on the page, with what its templates add."""
        shapes = shapes_of(self.package.parse(self.part))
        for template in self.templates:
            shapes.add(template.chars(self), template.shapes.edges)
            shapes.slanted |= template.shapes.slanted and template.first is self
        self.slanted = shapes.slanted
        return shapes

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """The page's box."""
        return (0.0, 0.0, self.width, self.height)

    @property
    def chars(self) -> list[dict[str, Any]]:
        """The characters."""
        return self.shapes.chars

    @property
    def edges(self) -> list[dict[str, Any]]:
        """The ruled lines."""
        return self.shapes.edges

    @property
    def images(self) -> range:
        """As many as there are pictures."""
        return range(self.shapes.pictures)

    def find_tables(self) -> list[Any]:
        """Return the ruled tables."""
        from pdfplumber.table import TableFinder

        return list(TableFinder(self).tables)  # type: ignore[arg-type]

    def close(self) -> None:
        """Forget what stands on the page."""
        self.__dict__.pop("shapes", None)


@dataclass
class _Template:
    """What several pages share: as with a PDF, repeated feet are left out and all else stays where it stands first."""

    package: _Package
    part: str
    uses: int = 0
    first: OfdPage | None = None

    @cached_property
    def shapes(self) -> Shapes:
        return shapes_of(self.package.parse(self.part))

    def chars(self, page: OfdPage) -> list[dict[str, Any]]:
        """Return the characters that are read on ``page``."""
        self.first = self.first or page
        if self.uses < 2:
            return self.shapes.chars
        foot = (1 - MARGIN_ZONE) * page.height
        return [char for char in self.shapes.chars if char["top"] < foot] if self.first is page else []


@dataclass
class _Package:
    """The parts of an OFD file."""

    archive: zipfile.ZipFile
    name: str
    read_bytes: int = 0
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = frozenset(self.archive.namelist())
        if any(posixpath.basename(part) == "Encryptions.xml" for part in self.names):
            raise ReadError(f"{self.name}: encrypted; remove the password first")

    def pages(self) -> list[OfdPage]:
        """Return the pages of all documents of the package, in order."""
        pages: list[OfdPage] = []
        roots = [root.text or "" for root in self.parse("OFD.xml").iterfind("{*}DocBody/{*}DocRoot")]
        if not any(root.strip() for root in roots):
            raise ReadError(f"{self.name}: damaged: OFD.xml names no document (DocRoot); fetch it again")
        for root in roots:
            before = len(pages)
            for page in self._document(self.locate("OFD.xml", root)):
                pages.append(page)
                if len(pages) > MAX_PAGES:
                    raise ReadError(f"{self.name}: more than {MAX_PAGES} pages; split it")
                if self.read_bytes > MAX_XML_BYTES:  # one part may be named as many pages
                    raise ReadError(f"{self.name}: pages of more than {MAX_XML_BYTES >> 20} MiB; split it")
            if len(pages) == before:
                raise ReadError(f"{self.name}: damaged: {root.strip()} names no pages; fetch it again")
        for template in chain.from_iterable(page.templates for page in pages):
            template.uses += 1
        return pages

    def _document(self, part: str) -> Iterator[OfdPage]:
        document = self.parse(part)
        area = document.find("{*}CommonData/{*}PageArea/{*}PhysicalBox")
        named = {
            element.get("ID"): self.locate(part, element.get("BaseLoc", ""))
            for element in document.iterfind("{*}CommonData/{*}TemplatePage")
        }
        templates = {own: _Template(self, own) for own in named.values()}
        for element in document.iterfind("{*}Pages/{*}Page"):
            own = self.locate(part, element.get("BaseLoc", ""))
            content = self.parse(own)
            box = content.find("{*}Area/{*}PhysicalBox")
            width, height = self._size(box if box is not None else area, own)
            used = dict.fromkeys(named.get(use.get("TemplateID")) for use in content.iterfind("{*}Template"))
            yield OfdPage(self, own, width, height, [templates[key] for key in used if key is not None])

    def _size(self, box: Any, part: str) -> tuple[float, float]:
        try:
            _, _, width, height = numbers(box.text, 4) if box is not None else A4_MM
        except ValueError as error:
            raise ReadError(f"{self.name}: damaged: the page size of {part}: {error}; fetch it again") from error
        return width * POINTS_PER_MM, height * POINTS_PER_MM

    def locate(self, base: str, location: str) -> str:
        """Return the part that ``base`` names; some programs count from the root where the folder of ``base`` is meant."""
        inner = location.strip().replace("\\", "/")
        folder = "" if inner.startswith("/") else posixpath.dirname(base)
        choices = [posixpath.normpath(posixpath.join(start, inner.lstrip("/"))) for start in (folder, "")]
        if choices[0].split("/")[0] == "..":
            raise ReadError(f"{self.name}: {base} names the part {location!r} outside the file; refused")
        found = next((part for part in choices if part in self.names), None)
        if found is None:
            raise ReadError(f"{self.name}: damaged: the part {location!r} that {base} names is missing; fetch it again")
        if not found.lower().endswith(".xml"):  # only parts of this ending were checked
            raise ReadError(f"{self.name}: {base} names the part {location!r}, which is no .xml part; refused")
        return found

    def parse(self, part: str) -> Any:
        """Return the root element of a part."""
        from lxml import etree

        content = self.archive.read(part)
        self.read_bytes += len(content)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise ReadError(f"{self.name}: damaged: the part {part} is not readable ({error}); fetch it again") from error  # fmt: skip
