"""Make the encrypted .doc, .xls, .odt and .ods files in ``tests/readers/office``, through LibreOffice's interface for programs.

soffice --headless --norestore --accept="socket,host=127.0.0.1,port=2903;urp;" &
python3 tests/readers/make_encrypted_files.py        with a Python that has LibreOffice's module uno (python3-uno)
"""

from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

FOLDER = Path(__file__).parent / "office"
ADDRESS = "uno:socket,host=127.0.0.1,port=2903;urp;StarOffice.ComponentContext"
FILES = (
    ("table.odt", "encrypted.doc", "MS Word 97"), ("table.ods", "encrypted.xls", "MS Excel 97"),
    ("table.odt", "encrypted.odt", "writer8"), ("table.ods", "encrypted.ods", "calc8"),
)  # fmt: skip


def values(**named):
    """Return what LibreOffice takes as named arguments."""
    return tuple(PropertyValue(Name=name, Value=value) for name, value in named.items())


def main():
    """Save each file with the password."""
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    office = resolver.resolve(ADDRESS)
    desktop = office.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", office)
    for source, target, kind in FILES:
        document = desktop.loadComponentFromURL((FOLDER / source).as_uri(), "_blank", 0, values(Hidden=True))
        document.storeToURL((FOLDER / target).as_uri(), values(FilterName=kind, Password="geheim"))
        document.close(True)
    desktop.terminate()


if __name__ == "__main__":
    main()
