"""Checks of one PDF, by clause (pdf-clauses.txt): each gives what it found, nothing if all is well."""

import io
import re
import struct
import zlib

import pikepdf
from PIL import ImageCms, Image
from pikepdf import Array, Dictionary, Name, Stream

PAINTING = set("S s f F f* B B* b b* sh Do Tj TJ ' \"".split())
OPERATORS = PAINTING | set("w J j M d ri i gs q Q cm m l c v y h re n W W* BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm T* CS cs SC SCN sc scn G g "
                           "RG rg K k MP DP BMC BDC EMC".split())
TYPES = set("Document Part Sect Div Caption H1 H2 H3 P L LI Lbl LBody Table TR TH TD THead TBody Span Figure".split())


class Paper:
    """A PDF with what its pages show."""

    def __init__(self, raw):
        self.raw = raw
        self.pdf = pikepdf.open(io.BytesIO(raw))
        self.root = self.pdf.Root
        self.shown = []       # (page, font, code, mcid) in the order of painting
        self.outside = []     # operators that paint outside of any mark
        self.content = {}     # (page, mcid) → text
        self.words = []       # operators, per page
        self.depth = 0
        for number, page in enumerate(self.pdf.pages):
            self._look(number, page)

    def _look(self, number, page):
        fonts = {name: Font(font) for name, font in (page.get("/Resources", {}).get("/Font", {})).items()}
        font, marks, depth = None, [], 0
        for operands, operator in pikepdf.parse_content_stream(page):
            word = str(operator)
            self.words.append((number, word, operands))
            depth += {"q": 1, "Q": -1}.get(word, 0)
            self.depth = max(self.depth, depth)
            if word in ("BDC", "BMC"):
                given = operands[1] if len(operands) > 1 and isinstance(operands[1], Dictionary) else {}
                marks.append((str(operands[0]), int(given["/MCID"]) if "/MCID" in given else None, "/ActualText" in given))
                if marks[-1][1] is not None:
                    self.content[number, marks[-1][1]] = ""
                elif marks[-1][2] and marks[0][1] is not None:
                    self.content[number, marks[0][1]] += str(given.ActualText)
            elif word == "EMC":
                marks and marks.pop()
            elif word == "Tf":
                font = fonts.get(str(operands[0]))
            if word in PAINTING and not marks:
                self.outside.append((number, word))
            if word in ("Tj", "TJ") and font:
                mcid = next((mark[1] for mark in reversed(marks) if mark[1] is not None), None)
                parts = operands[0] if word == "TJ" else [operands[0]]
                for part in parts:
                    if isinstance(part, pikepdf.String):
                        for code in font.codes(bytes(part)):
                            self.shown.append((number, font, code, mcid))
                            if mcid is not None and not any(mark[2] for mark in marks):
                                self.content[number, mcid] += font.unicode.get(code, "")

    @property
    def fonts(self):
        return list({font.data.objgen: font for _, font, _, _ in self.shown}.values())

    def elements(self, kids=None):
        """The structure in its order: element, and the depth of it."""
        top = self.root.get("/StructTreeRoot", {})
        for kid in as_list(top.get("/K") if kids is None else kids):
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield kid
                yield from self.elements(kid.get("/K", []))

    def contents(self, element):
        """Pages and marks that an element names itself."""
        pages = {page.objgen: number for number, page in enumerate(self.pdf.pages)}
        for kid in as_list(element.get("/K")):
            if isinstance(kid, int):
                yield pages[element.Pg.objgen], kid
            elif isinstance(kid, Dictionary) and "/MCID" in kid:
                yield pages[kid.get("/Pg", element.get("/Pg")).objgen], int(kid.MCID)

    def text(self):
        """All that is content, in the order of reading; elements apart."""
        return " ".join("".join(self.content.get(place, "?") for place in self.contents(element)) for element in self.elements())


class Font:
    def __init__(self, data):
        self.data, self.composite = data, data.Subtype == "/Type0"
        self.inner = data.DescendantFonts[0] if self.composite else data
        self.descriptor = self.inner.get("/FontDescriptor", {})
        self.unicode = self._unicode()
        program = self.descriptor.get("/FontFile2")
        self.program = Program(program.read_bytes()) if program is not None else None

    def codes(self, text):
        return [int.from_bytes(text[place:place + 2], "big") for place in range(0, len(text), 2)] if self.composite else list(text)

    def _unicode(self):
        if "/ToUnicode" not in self.data:
            return {}
        text, table = self.data.ToUnicode.read_bytes().decode("latin-1"), {}
        read = lambda digits: bytes.fromhex(digits).decode("utf-16-be", "replace")  # noqa: E731
        for body in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
            for code, value in re.findall(r"<(\w+)>\s*<(\w+)>", body):
                table[int(code, 16)] = read(value)
        for body in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
            for first, last, value in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", body):
                for step in range(int(last, 16) - int(first, 16) + 1):
                    table[int(first, 16) + step] = read(value)[:-1] + chr(ord(read(value)[-1]) + step)
            for first, _, values in re.findall(r"<(\w+)>\s*<(\w+)>\s*\[(.*?)\]", body, re.S):
                for step, value in enumerate(re.findall(r"<(\w+)>", values)):
                    table[int(first, 16) + step] = read(value)
        return table

    def glyph(self, code):
        return code if self.composite else self.program.characters.get(code, 0)

    def width(self, code):
        if not self.composite:
            return float(self.data.Widths[code - int(self.data.FirstChar)])
        items, place = list(self.inner.get("/W", [])), 0
        while place < len(items):
            first = int(items[place])
            if isinstance(items[place + 1], Array):
                if first <= code < first + len(items[place + 1]):
                    return float(items[place + 1][code - first])
                place += 2
            else:
                if first <= code <= int(items[place + 1]):
                    return float(items[place + 2])
                place += 3
        return float(self.inner.get("/DW", 1000))


class Program:
    """A TrueType font that is embedded: glyphs, widths, characters of one byte."""

    def __init__(self, data):
        self.tables = {}
        for place in range(struct.unpack(">H", data[4:6])[0]):
            tag, _, start, length = struct.unpack(">4sLLL", data[12 + 16 * place:28 + 16 * place])
            self.tables[tag.decode()] = data[start:start + length]
        self.units = struct.unpack(">H", self.tables["head"][18:20])[0]
        self.glyphs = struct.unpack(">H", self.tables["maxp"][4:6])[0]
        self.measured = struct.unpack(">H", self.tables["hhea"][34:36])[0]
        self.characters = self._characters()

    def width(self, glyph):
        place = 4 * min(glyph, self.measured - 1)
        return 1000 * struct.unpack(">H", self.tables["hmtx"][place:place + 2])[0] / self.units

    def _characters(self):
        """WinAnsi codes to glyphs, by the tables of characters that it has."""
        found, cmap = {}, self.tables.get("cmap", b"")
        for place in range(struct.unpack(">H", cmap[2:4])[0] if cmap else 0):
            start = struct.unpack(">L", cmap[8 + 8 * place:12 + 8 * place])[0]
            if struct.unpack(">H", cmap[start:start + 2])[0] != 4:
                continue
            count = struct.unpack(">H", cmap[start + 6:start + 8])[0] // 2
            column = lambda number, at=start, count=count: struct.unpack(  # noqa: E731
                f">{count}H", cmap[at + 14 + 2 * count * number + (2 if number else 0):at + 14 + 2 * count * (number + 1) + (2 if number else 0)])
            ends, starts, deltas, offsets = (column(number) for number in range(4))
            for code in range(32, 256):
                character = ord(bytes([code]).decode("cp1252", "replace"))
                for part in range(count):
                    if starts[part] <= character <= ends[part]:
                        if offsets[part] == 0:
                            found[code] = (character + deltas[part]) & 0xFFFF
                        else:
                            at = start + 16 + 6 * count + 2 * part + offsets[part] + 2 * (character - starts[part])
                            found[code] = (struct.unpack(">H", cmap[at:at + 2])[0] + deltas[part]) & 0xFFFF
                        break
        return found


def as_list(kids):
    return [] if kids is None else list(kids) if isinstance(kids, Array) else [kids]


def objects(paper):
    for item in paper.pdf.objects:
        if isinstance(item, (Dictionary, Stream)):
            yield item


# ── checks

def header(paper):
    return [] if re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", paper.raw) else [paper.raw[:20]]


def trailer(paper):
    found = [] if "/ID" in paper.pdf.trailer and len(paper.pdf.trailer.ID) == 2 else ["no ID"]
    return found + (["encrypted"] if paper.pdf.is_encrypted else []) + ([] if re.search(rb"%%EOF\r?\n?\Z", paper.raw) else ["behind %%EOF"])


def streams(paper):
    found = []
    for item in objects(paper):
        if isinstance(item, Stream):
            found += [key for key in ("/F", "/FFilter", "/FDecodeParms") if key in item]
            found += [str(name) for name in as_list(item.get("/Filter")) if name not in ("/FlateDecode", "/ASCIIHexDecode", "/ASCII85Decode")]
    return found


def permissions(paper):
    return ["Perms"] if "/Perms" in paper.root else []


def limits(paper):
    found = [f"q {paper.depth}"] if paper.depth > 28 else []

    def walk(value):
        if isinstance(value, (Dictionary, Stream)):
            for key, member in value.items():
                if len(key.encode()) > 128:
                    found.append(key)
                isinstance(member, pikepdf.Object) and member.is_indirect or walk(member)
        elif isinstance(value, Array):
            for member in value:
                isinstance(member, pikepdf.Object) and member.is_indirect or walk(member)
        elif isinstance(value, pikepdf.String) and len(bytes(value)) > 32767:
            found.append("a long string")
        elif isinstance(value, int) and abs(value) > 2147483647:
            found.append(value)
    for item in objects(paper):
        walk(item)
    return found


def operators(paper):
    found = [word for _, word, _ in paper.words if word not in OPERATORS]
    for number, word, operands in paper.words:
        kind = {"Tf": "/Font", "gs": "/ExtGState", "Do": "/XObject"}.get(word)
        if kind and str(operands[0]) not in paper.pdf.pages[number].get("/Resources", {}).get(kind, {}):
            found.append(f"{word} {operands[0]}")
    return found


def intent(paper):
    intents = [each for each in paper.root.get("/OutputIntents", []) if each.get("/S") == "/GTS_PDFA1"]
    if len(intents) != 1 or "/DestOutputProfile" not in intents[0]:
        return [f"{len(intents)} intents, or no profile"]
    profile = intents[0].DestOutputProfile
    data = profile.read_bytes()
    good = profile.get("/N") == 3 and data[36:40] == b"acsp" and data[12:16] in (b"mntr", b"prtr", b"scnr") and data[16:20] == b"RGB " and data[8] <= 4
    return [] if good and struct.unpack(">L", data[:4])[0] == len(data) else [data[:40]]


def colours(paper):
    data = paper.root.OutputIntents[0].DestOutputProfile.read_bytes() if "/OutputIntents" in paper.root else b""
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(data))
        turned = ImageCms.buildTransform(own, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    except (OSError, ImageCms.PyCMSError) as error:
        return [repr(error)]
    step = [(r, g, b) for r in range(0, 256, 51) for g in range(0, 256, 51) for b in range(0, 256, 51)]
    picture = Image.new("RGB", (len(step), 1))
    picture.putdata(step)
    seen = list(zip(*[iter(ImageCms.applyTransform(picture, turned).tobytes())] * 3))
    return [(was, now) for was, now in zip(step, seen) if max(abs(a - b) for a, b in zip(was, now)) > 1]


def spaces(paper):
    found = [word for _, word, _ in paper.words if word in ("K", "k", "sh")]
    found += [f"{word} {operands[0]}" for _, word, operands in paper.words if word in ("CS", "cs") and operands[0] not in ("/DeviceRGB", "/DeviceGray")]
    return found + ["no intent" for _ in paper.words[:1] if not paper.root.get("/OutputIntents")]


def states(paper):
    found = []
    for item in objects(paper):
        found += [key for key in ("/TR", "/TR2", "/HTP", "/HT") if key in item and item.get("/Type") == "/ExtGState"]
    for page in paper.pdf.pages:
        for state in page.get("/Resources", {}).get("/ExtGState", {}).values():
            found += [key for key in ("/TR", "/TR2", "/HTP", "/HT") if key in state]
            found += [f"{key} {state[key]}" for key in ("/ca", "/CA") if key in state and float(state[key]) != 1]
            found += [str(state.BM)] if state.get("/BM", Name.Normal) != "/Normal" else []
            found += ["SMask"] if state.get("/SMask", Name("/None")) != "/None" else []
    return found


def pictures(paper):
    return [str(item.get("/Subtype")) for item in objects(paper) if isinstance(item, Stream) and item.get("/Subtype") in ("/Image", "/Form", "/PS")]


def fonts(paper):
    found = [] if paper.fonts else ["no fonts"]
    for font in paper.fonts:
        if font.composite:
            good = font.data.Encoding == "/Identity-H" and font.inner.Subtype == "/CIDFontType2" and font.inner.get("/CIDToGIDMap") == "/Identity"
        else:
            good = font.data.Subtype == "/TrueType"
        found += [] if good else [str(font.data.get("/BaseFont"))]
    return found


def embedded(paper):
    return [str(font.data.get("/BaseFont")) for font in paper.fonts
            if font.program is None or not re.match(r"/[A-Z]{6}\+", str(font.data.get("/BaseFont")))]


def glyphs(paper):
    return sorted({f"{font.data.get('/BaseFont')} {code}" for _, font, code, _ in paper.shown
                   if font.program is None or not 0 < font.glyph(code) < font.program.glyphs})


def widths(paper):
    return sorted({f"{font.data.get('/BaseFont')} {code}" for _, font, code, _ in paper.shown
                   if font.program is None or abs(font.width(code) - font.program.width(font.glyph(code))) > 1})


def encodings(paper):
    return [str(font.data.get("/BaseFont")) for font in paper.fonts if not font.composite and not (
        int(font.descriptor.get("/Flags", 0)) & 36 == 32 and font.data.get("/Encoding") == "/WinAnsiEncoding" and font.program and font.program.characters)]


def unicode(paper):
    def wrong(text):
        return not text or any(ord(each) in (0, 0xFEFF, 0xFFFE) or 0xE000 <= ord(each) <= 0xF8FF or ord(each) >= 0xF0000 for each in text)
    return sorted({f"{font.data.get('/BaseFont')} {code}" for _, font, code, _ in paper.shown if wrong(font.unicode.get(code))})


def annotations(paper):
    return [number for number, page in enumerate(paper.pdf.pages) if "/Annots" in page]


def scripts(paper):
    found = [key for key in ("/AcroForm", "/OpenAction", "/AA", "/OCProperties", "/Requirements", "/Collection") if key in paper.root]
    found += [key for key in ("/JavaScript", "/EmbeddedFiles", "/AlternatePresentations") if key in paper.root.get("/Names", {})]
    found += [key for page in paper.pdf.pages for key in ("/AA", "/PresSteps") if key in page]
    return found + [str(item.S) for item in objects(paper) if "/S" in item and (item.get("/Type") == "/Action" or "/JS" in item)]


def metadata(paper):
    stream = paper.root.get("/Metadata")
    if stream is None or "/Filter" in stream or stream.get("/Subtype") != "/XML":
        return ["no plain XMP"]
    with paper.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        information = paper.pdf.docinfo
        moment = lambda key: re.sub(r"\D", "", str(information.get(key, "")))  # noqa: E731
        pairs = [(told.get("dc:title"), str(information.get("/Title", ""))), (told.get("pdf:Producer"), str(information.get("/Producer", ""))),
                 (told.get("xmp:CreatorTool"), str(information.get("/Creator", ""))),
                 (re.sub(r"\D", "", told.get("xmp:CreateDate", "")), moment("/CreationDate")), (re.sub(r"\D", "", told.get("xmp:ModifyDate", "")), moment("/ModDate"))]
    return [pair for pair in pairs if pair[0] != pair[1] or not pair[0]]


def identification(paper):
    with paper.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        seen = told.get("pdfaid:part"), told.get("pdfaid:conformance")
    return [] if seen == ("2", "A") else [seen]


def marked(paper):
    return [] if paper.root.get("/MarkInfo", {}).get("/Marked") is True and not paper.root.MarkInfo.get("/Suspects") else ["not marked"]


def artifacts(paper):
    return paper.outside


def structure(paper):
    tree, found = paper.root.get("/StructTreeRoot"), []
    if tree is None:
        return ["no tree"]
    named = []
    for element in paper.elements():
        found += [] if element.get("/Type") == "/StructElem" and str(element.S)[1:] in TYPES else [f"{element.get('/Type')} {element.S}"]
        named += paper.contents(element)
    found += [f"twice {place}" for place in set(named) if named.count(place) > 1]
    found += [f"not there {place}" for place in named if place not in paper.content]
    found += [f"in no element {place}" for place in paper.content if place not in named]
    parents = {int(number): owners for number, owners in zip(*[iter(as_list(tree.get("/ParentTree", {}).get("/Nums")))] * 2)}
    for number, page in enumerate(paper.pdf.pages):
        own = parents.get(int(page.get("/StructParents", -1)))
        marks = [mcid for where, mcid in paper.content if where == number]
        if marks and (own is None or len(own) <= max(marks)):
            found.append(f"sheet {number} has no parents")
    return found + ([] if sum(1 for _ in paper.elements()) > 2 and paper.text().strip() else ["says nothing"])


def language(paper):
    return [] if re.match(r"(uk|en)$", str(paper.root.get("/Lang", ""))) else [str(paper.root.get("/Lang"))]


def title(paper):
    return [] if paper.root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is True and str(paper.pdf.docinfo.get("/Title", "")) else ["no title"]


def headings(paper):
    levels = [int(str(element.S)[2:]) for element in paper.elements() if re.match(r"/H\d", str(element.S))]
    return [levels] if any(level > before + 1 for before, level in zip([0] + levels, levels)) else []


def tables(paper):
    found = []
    for table in (element for element in paper.elements() if element.S == "/Table"):
        rows = [[cell for cell in paper.elements(row.get("/K", [])) if cell.S in ("/TH", "/TD")] for row in paper.elements(table.K) if row.S == "/TR"]
        length = {sum(int(cell.get("/A", {}).get("/ColSpan", 1)) for cell in row) for row in rows}
        heads = [cell for row in rows for cell in row if cell.S == "/TH"]
        found += [f"rows of {length}"] if len(length) != 1 else []
        found += ["no heads"] if not heads else []
        found += ["a head of nothing" for cell in heads if cell.get("/A", {}).get("/Scope") not in ("/Row", "/Column")]
        found += [] if "/Summary" in table.get("/A", {}) else ["a table without a name"]
    return found


CHECKS = {each.__name__: each for each in (
    header, trailer, streams, permissions, limits, operators, intent, colours, spaces, states, fonts, embedded, glyphs, widths, encodings,
    unicode, annotations, scripts, metadata, identification, marked, artifacts, structure, language, title, headings, tables)}
CHECKS["objects"] = pictures
