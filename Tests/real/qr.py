"""What a camera reads of a QR code on a page: from a picture of the page, or drawn from the page's SVG as a browser draws it.

Debian's zbar reads it (python3-zbar), in the system's Python: whoever asks may run in an environment of their own.
"""
import re
import struct
import subprocess
import zlib

READER = """
import sys, zbar
width, height = map(int, sys.argv[1:])
image = zbar.Image(width, height, "Y800", sys.stdin.buffer.read())
zbar.ImageScanner().scan(image)
print("\\n".join(symbol.data for symbol in image if str(symbol.type) == "QRCODE"))
"""
SCALE = 4  # Pixels of a module.


def read(width, height, grey):
    """The texts of the codes in grey pixels."""
    done = subprocess.run(["/usr/bin/python3", "-c", READER, str(width), str(height)], input=bytes(grey), capture_output=True, timeout=60)
    if done.returncode:
        raise RuntimeError(f"zbar: {done.stderr.decode()[-300:]}")
    return done.stdout.decode().strip("\n").split("\n")


def of_picture(png):
    """Of a PNG as browsers give it: eight bits, with or without transparency, not interlaced."""
    place, data, width, height, channels = 8, b"", 0, 0, 0
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place:place + 8])
        chunk = png[place + 8:place + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", chunk)
            if depth != 8 or colour not in (2, 6) or interlaced:
                raise ValueError(f"a PNG of another form: {depth} {colour} {interlaced}")
            channels = 3 if colour == 2 else 4
        elif kind == b"IDAT":
            data += chunk
        place += 12 + length
    return read(width, height, grey(zlib.decompress(data), width, height, channels))


def grey(lines, width, height, channels):
    """The green of each pixel, after the filters of PNG (RFC 2083, 6)."""
    stride, before, out = width * channels, bytearray(width * channels), bytearray()
    for row in range(height):
        kind, line = lines[row * (stride + 1)], bytearray(lines[row * (stride + 1) + 1:(row + 1) * (stride + 1)])
        for place in range(stride):
            left = line[place - channels] if place >= channels else 0
            up, corner = before[place], before[place - channels] if place >= channels else 0
            nearest = min((abs(up - corner), 0, left), (abs(left - corner), 1, up), (abs(left + up - 2 * corner), 2, corner))[2]
            line[place] = (line[place] + (0, left, up, (left + up) // 2, nearest)[kind]) & 255
        out += line[1::channels]
        before = line
    return out


def of_markup(markup):
    """Of the first code in a page: its dark modules, drawn."""
    side = int(re.search(r'<figure class="qr"><svg[^>]*viewBox="0 0 (\d+) \1"', markup)[1])
    rows = [bytearray(b"\xff" * side * SCALE) for _ in range(side * SCALE)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", markup):
        for row in rows[int(y) * SCALE:(int(y) + 1) * SCALE]:
            row[int(x) * SCALE:(int(x) + int(width)) * SCALE] = b"\0" * (int(width) * SCALE)
    return read(side * SCALE, side * SCALE, b"".join(rows))
