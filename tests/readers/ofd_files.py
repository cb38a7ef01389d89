"""Build .ofd files (GB/T 33190-2016) from what stands where; millimetres from the upper left corner of an A4 page."""

from __future__ import annotations

import io
import zipfile

NAMESPACE = "http://www.ofdspec.org/2016"
SIZE = 5.6
LEFT, TOP, LEADING = 28.0, 40.0, 10.0
IN_A_LINE = 28


def text(content, x, baseline, *, size=SIZE, delta=None, more=""):
    """Return a text object whose box begins a little above and left of its first character."""
    step = f'DeltaX="{delta}" ' if delta else f'DeltaX="g {max(1, len(content) - 1)} {size}" '
    return (
        f'<TextObject Boundary="{x - 1} {baseline - size} 150 {size + 1}" Size="{size}" Font="1" {more}>'
        f'<TextCode X="1" Y="{size}" {step}>{content}</TextCode></TextObject>'
    )


def wrapped(paragraphs, *, top=TOP, columns=IN_A_LINE):
    """Return the text objects of paragraphs that are indented by two characters and broken into full lines."""
    objects, baseline = [], top
    for paragraph in paragraphs:
        rest, indent = paragraph, 2
        while rest:
            line, rest = rest[: columns - indent], rest[columns - indent :]
            objects.append(text(line, LEFT + indent * SIZE, baseline))
            baseline, indent = baseline + LEADING, 0
    return "".join(objects)


def rule(x0, y0, x1, y1):
    """Return a path object that is one line."""
    return (
        f'<PathObject Boundary="{x0} {y0} {x1 - x0} {y1 - y0}" LineWidth="0.2">'
        f"<AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</AbbreviatedData></PathObject>"
    )


def table(rows, widths, *, top=TOP, height=12.0, size=4.0):
    """Return a ruled table with a line of text in each cell."""
    edges = [LEFT + sum(widths[:i]) for i in range(len(widths) + 1)]
    bottom = top + height * len(rows)
    objects = [rule(x, top, x, bottom) for x in edges]
    objects += [rule(LEFT, top + height * i, edges[-1], top + height * i) for i in range(len(rows) + 1)]
    for r, row in enumerate(rows):
        objects += [text(cell, x + 2, top + height * r + 8, size=size) for cell, x in zip(row, edges, strict=False)]
    return "".join(objects)


def page(objects, *, template=None, area=""):
    """Return the content of a page or template."""
    use = f'<Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    return f'<Page xmlns="{NAMESPACE}">{area}{use}<Content><Layer ID="2" Type="Body">{objects}</Layer></Content></Page>'


def parts(pages, *, templates=()):
    """Return the parts of a file: ``pages`` and ``templates`` are contents; templates have the numbers 90, 91, …"""
    named = "".join(
        f'<TemplatePage ID="{90 + i}" BaseLoc="Tpls/Tpl_{i}/Content.xml"/>' for i, _ in enumerate(templates)
    )
    listed = "".join(f'<Page ID="{10 + i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i, _ in enumerate(pages))
    return {
        "OFD.xml": f'<OFD xmlns="{NAMESPACE}" Version="1.0"><DocBody><DocInfo><DocID>1</DocID></DocInfo><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>',
        "Doc_0/Document.xml": f'<Document xmlns="{NAMESPACE}"><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>{named}</CommonData><Pages>{listed}</Pages></Document>',
        **{f"Doc_0/Pages/Page_{i}/Content.xml": content for i, content in enumerate(pages)},
        **{f"Doc_0/Tpls/Tpl_{i}/Content.xml": content for i, content in enumerate(templates)},
    }


def packed(content):
    """Return the bytes of a file with these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part if isinstance(part, bytes) else '<?xml version="1.0"?>' + part)
    return buffer.getvalue()


def ofd(*objects, **more):
    """Return the bytes of a file whose pages hold these objects."""
    return packed(parts([page(each) for each in objects], **more))
