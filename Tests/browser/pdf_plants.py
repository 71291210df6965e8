"""What each check of pdf_clauses.py must notice: a good PDF, spoilt in one way."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream


def saved(pdf, **options):
    target = io.BytesIO()
    pdf.save(target, **options)
    return target.getvalue()


def changed(raw, change):
    pdf = pikepdf.open(io.BytesIO(raw))
    change(pdf)
    return saved(pdf, fix_metadata_version=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def first_font(pdf, composite=True):
    return next(font for page in pdf.pages for font in page.Resources.Font.values() if (font.Subtype == "/Type0") == composite)


def inner(pdf):
    return first_font(pdf).DescendantFonts[0]


def content(pdf, replace):
    pdf.pages[0].Contents = pdf.make_stream(replace(pdf.pages[0].Contents.read_bytes()))


def elements(pdf, kind, kids=None):
    for kid in kids if kids is not None else pdf.Root.StructTreeRoot.K:
        if isinstance(kid, Dictionary) and "/S" in kid:
            if kid.S == kind:
                yield kid
            below = kid.get("/K")
            yield from elements(pdf, kind, below if isinstance(below, Array) else [below])


def drop(path, key):
    def change(pdf):
        place = pdf.Root
        for step in path:
            place = place[step]
        del place[key]
    return change


def without_colour(pdf):
    """A profile whose green is its red."""
    stream = pdf.Root.OutputIntents[0].DestOutputProfile
    data = bytearray(stream.read_bytes())
    places = {bytes(data[at:at + 4]): int.from_bytes(data[at + 4:at + 8], "big") for at in range(132, 132 + 12 * data[131], 12)}
    data[places[b"gXYZ"]:places[b"gXYZ"] + 20] = data[places[b"rXYZ"]:places[b"rXYZ"] + 20]
    stream.write(bytes(data))


def add_script(pdf):
    pdf.Root.OpenAction = Dictionary(Type=Name.Action, S=Name.JavaScript, JS="app.alert(1)")


def add_state(pdf):
    pdf.pages[0].Resources.ExtGState = Dictionary(spoilt=Dictionary(Type=Name.ExtGState, ca=0.5))


def add_picture(pdf):
    picture = Stream(pdf, b"\0")
    picture.Type, picture.Subtype = Name.XObject, Name.Image
    picture.Width = picture.Height = 1
    pdf.pages[0].Resources.XObject = Dictionary(spoilt=pdf.make_indirect(picture))


def narrow(pdf):
    font = inner(pdf)
    font.W[1] = Array([float(width) + 200 for width in font.W[1]])


def first_codes(pdf):
    """Every glyph number of the first text is zero."""
    import re
    content(pdf, lambda text: re.sub(rb"<([0-9a-f]{4})+>", lambda found: b"<" + b"0" * (len(found[0]) - 2) + b">", text, count=1))


def short_row(pdf):
    row = next(elements(pdf, "/TR"))
    del row.K[len(row.K) - 1]


def rename(pdf, kind, other):
    next(elements(pdf, kind)).S = Name(other)


PLANTS = {
    "header": lambda raw: b"x" + raw,
    "trailer": lambda raw: raw + b"more",
    "trailer: encrypted": lambda raw: saved(pikepdf.open(io.BytesIO(raw)), encryption=pikepdf.Encryption(owner="o", user="")),
    "streams": lambda raw: changed(raw, lambda pdf: pdf.pages[0].Contents.__setitem__("/F", pikepdf.String("elsewhere"))),
    "permissions": lambda raw: changed(raw, lambda pdf: pdf.Root.__setitem__("/Perms", Dictionary())),
    "limits": lambda raw: changed(raw, lambda pdf: content(pdf, lambda text: b"q " * 29 + text + b" Q" * 29)),
    "limits: a number": lambda raw: changed(raw, lambda pdf: pdf.Root.__setitem__("/Spoilt", 2147483648)),
    "operators": lambda raw: changed(raw, lambda pdf: content(pdf, lambda text: text + b"\nPS ")),
    "operators: a resource": lambda raw: changed(raw, lambda pdf: pdf.pages[0].Resources.__delitem__("/Font")),
    "intent": lambda raw: changed(raw, drop([], "/OutputIntents")),
    "intent: no profile": lambda raw: changed(raw, lambda pdf: pdf.Root.OutputIntents[0].__delitem__("/DestOutputProfile")),
    "colours": lambda raw: changed(raw, without_colour),
    "spaces": lambda raw: changed(raw, lambda pdf: content(pdf, lambda text: b"0 0 0 1 k " + text)),
    "states": lambda raw: changed(raw, add_state),
    "objects": lambda raw: changed(raw, add_picture),
    "fonts": lambda raw: changed(raw, lambda pdf: inner(pdf).__delitem__("/CIDToGIDMap")),
    "embedded": lambda raw: changed(raw, lambda pdf: inner(pdf).FontDescriptor.__delitem__("/FontFile2")),
    "embedded: one byte": lambda raw: changed(raw, lambda pdf: first_font(pdf, False).FontDescriptor.__delitem__("/FontFile2")),
    "glyphs": lambda raw: changed(raw, first_codes),
    "widths": lambda raw: changed(raw, narrow),
    "encodings": lambda raw: changed(raw, lambda pdf: first_font(pdf, False).FontDescriptor.__setitem__("/Flags", 4)),
    "unicode": lambda raw: changed(raw, lambda pdf: first_font(pdf).__delitem__("/ToUnicode")),
    "annotations": lambda raw: changed(raw, lambda pdf: pdf.pages[0].__setitem__("/Annots", Array([Dictionary(Subtype=Name.Link)]))),
    "scripts": lambda raw: changed(raw, add_script),
    "scripts: a form": lambda raw: changed(raw, lambda pdf: pdf.Root.__setitem__("/AcroForm", Dictionary(Fields=Array([])))),
    "scripts: a file": lambda raw: changed(raw, lambda pdf: pdf.attachments.__setitem__("a.txt", b"a")),
    "metadata": lambda raw: changed(raw, lambda pdf: pdf.docinfo.__setitem__("/Title", "Інший папір")),
    "metadata: none": lambda raw: changed(raw, drop([], "/Metadata")),
    "identification": lambda raw: changed(raw, lambda pdf: pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"<pdfaid:part>2", b"<pdfaid:part>1"))),
    "marked": lambda raw: changed(raw, lambda pdf: pdf.Root.MarkInfo.__setitem__("/Marked", False)),
    "artifacts": lambda raw: changed(raw, lambda pdf: content(pdf, lambda text: text.replace(b"/Artifact BMC", b"", 1).replace(b"EMC", b"", 1))),
    "structure": lambda raw: changed(raw, drop([], "/StructTreeRoot")),
    "structure: unknown": lambda raw: changed(raw, lambda pdf: rename(pdf, "/P", "/Absatz")),
    "structure: lost": lambda raw: changed(raw, lambda pdf: next(elements(pdf, "/Document")).K.__delitem__(0)),
    "language": lambda raw: changed(raw, drop([], "/Lang")),
    "title": lambda raw: changed(raw, drop([], "/ViewerPreferences")),
    "headings": lambda raw: changed(raw, lambda pdf: rename(pdf, "/H1", "/H3")),
    "tables": lambda raw: changed(raw, short_row),
    "tables: a head": lambda raw: changed(raw, lambda pdf: next(elements(pdf, "/TH")).__delitem__("/A")),
    "tables: all tags away": lambda raw: changed(raw, lambda pdf: next(elements(pdf, "/Table")).__delitem__("/A")),
}
