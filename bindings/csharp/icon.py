"""The packages' icon, a PNG of 128 x 128: a tick on a rounded blue square. pack.py draws it anew for each package."""
import struct
import zlib

SIZE = 128
SAMPLES = 4  # for each pixel in each direction, so that edges are smooth
BLUE, WHITE = (0x14, 0x4A, 0x7C), (0xFF, 0xFF, 0xFF)
TICK = ((33.0, 68.0), (55.0, 89.0), (96.0, 42.0))
THICKNESS, MARGIN, RADIUS = 8.0, 6.0, 24.0


def near(x, y, begin, end):
    """True if a point is within the thickness of a line."""
    (ax, ay), (bx, by) = begin, end
    dx, dy = bx - ax, by - ay
    along = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)))
    return (x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2 <= THICKNESS**2


def colour(x, y):
    """Red, green, blue and opacity of a point."""
    inner_x, inner_y = (min(max(one, MARGIN + RADIUS), SIZE - MARGIN - RADIUS) for one in (x, y))
    if (x - inner_x) ** 2 + (y - inner_y) ** 2 > RADIUS**2:
        return (*BLUE, 0)
    return (*(WHITE if any(near(x, y, *line) for line in zip(TICK, TICK[1:])) else BLUE), 255)


def pixel(column, row):
    steps = [(i + 0.5) / SAMPLES for i in range(SAMPLES)]
    points = [colour(column + dx, row + dy) for dx in steps for dy in steps]
    seen = [point for point in points if point[3]] or points
    return bytes([sum(point[i] for point in seen) // len(seen) for i in range(3)] + [sum(point[3] for point in points) // len(points)])


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"".join(pixel(column, row) for column in range(SIZE)) for row in range(SIZE))
    head = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
