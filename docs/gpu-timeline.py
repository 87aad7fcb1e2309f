"""Draws docs/gpu-timeline.svg: who works when, with processing on the processor and on the GPU. Lengths are schematic.

Run: python3 docs/gpu-timeline.py
"""
import pathlib

WIDTH, LEFT, ROW, GAP = 980, 118, 30, 8
COLOURS = {"cpu": "#4c78a8", "bus": "#b0b0b0", "gpu": "#59a14f", "net": "#f28e2b", "text": "#222222"}


def bar(x, y, length, kind, label):
    text = "" if not label else (
        f'<text x="{x + length / 2}" y="{y + 20}" text-anchor="middle" font-size="12" fill="#ffffff">{label}</text>')
    return f'<rect x="{x}" y="{y}" width="{length}" height="{ROW}" rx="3" fill="{COLOURS[kind]}"/>{text}'


def lane(y, name):
    return (f'<text x="8" y="{y + 20}" font-size="13" fill="{COLOURS["text"]}">{name}</text>'
            f'<line x1="{LEFT}" y1="{y + ROW + 3}" x2="{WIDTH - 10}" y2="{y + ROW + 3}" stroke="#dddddd"/>')


def title(y, text):
    return f'<text x="8" y="{y}" font-size="15" font-weight="bold" fill="{COLOURS["text"]}">{text}</text>'


def lanes(y):
    names = ("processor", "bus", "GPU")
    return [lane(y + i * (ROW + GAP), name) for i, name in enumerate(names)], [y + i * (ROW + GAP) for i in range(3)]


def draw():
    parts = [title(24, "Processing.Cpu: one frame at a time")]
    drawn, (cpu, bus, gpu) = lanes(36)
    parts += drawn
    x = LEFT
    for frame in ("1", "2"):
        parts.append(bar(x, cpu, 90, "cpu", f"letterbox {frame}"))
        parts.append(bar(x + 90, bus, 46, "bus", "input"))
        parts.append(bar(x + 136, gpu, 60, "net", f"model {frame}"))
        parts.append(bar(x + 196, bus, 54, "bus", "heads"))
        parts.append(bar(x + 250, cpu, 170, "cpu", f"decode, suppress, masks {frame}"))
        x += 428
    parts.append(title(186, "Processing.Gpu, MaxInFlight 2: uploads and results of one frame beside the kernels of another"))
    drawn, (cpu, bus, gpu) = lanes(198)
    parts += drawn
    x = LEFT
    for i in range(6):
        frame = str(i + 1)
        parts.append(bar(x, cpu, 22, "cpu", ""))
        parts.append(bar(x + 22, bus, 50, "bus", f"pixels {frame}"))
        parts.append(bar(x + 74, gpu, 22, "gpu", ""))
        parts.append(bar(x + 97, gpu, 60, "net", f"model {frame}"))
        parts.append(bar(x + 158, gpu, 34, "gpu", ""))
        parts.append(bar(x + 193, bus, 16, "bus", ""))
        parts.append(bar(x + 210, cpu, 22, "cpu", ""))
        x += 120
    parts.append(
        f'<text x="8" y="{338}" font-size="12" fill="{COLOURS["text"]}">Schematic: no length is a measured time. Blue: the '
        "processor. Grey: copies over the bus. Green: kernels of this library. Orange: the network.</text>")
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} 350" font-family="sans-serif" role="img">'
            f'<rect width="{WIDTH}" height="350" fill="#ffffff"/>' + "\n".join(parts) + "</svg>\n")


if __name__ == "__main__":
    pathlib.Path(__file__).with_suffix(".svg").write_text(draw(), encoding="utf-8")
