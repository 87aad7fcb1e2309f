"""Draws docs/gpu-timeline.svg: who works when, with processing on the processor and on the GPU. The first part is to scale.

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


def measured():
    """One 1080p frame of YOLO-seg in FP16 on an H200, from pinned memory to results: medians of docs/gpu.md, to scale."""
    millisecond = 370
    ways = (
        ("Processing.Cpu, 2.03 ms", ((1.043, "cpu", "letterbox 1.04"), (0.896, "net", "copies and model 0.90"),
                                     (0.094, "cpu", ""))),
        ("Processing.Gpu, 0.83 ms", ((0.090, "bus", ""), (0.010, "gpu", ""), (0.704, "net", "model 0.70"), (0.030, "gpu", ""))),
    )
    parts = [title(24, "One frame, measured and to scale: letterbox and results on the processor, or all of it on the GPU")]
    for row, (name, steps) in enumerate(ways):
        y, x = 36 + row * (ROW + GAP), LEFT + 72
        parts.append(f'<text x="8" y="{y + 20}" font-size="13" fill="{COLOURS["text"]}">{name}</text>')
        for length, kind, label in steps:
            parts.append(bar(x, y, round(length * millisecond, 1), kind, label))
            x += length * millisecond
    return parts


def in_flight():
    top = 150
    parts = [title(top, "Frames in flight (MaxInFlight 2), schematic: uploads and results of one beside the kernels of another")]
    drawn, (cpu, bus, gpu) = lanes(top + 12)
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
    return parts


def draw():
    legend = (f'<text x="8" y="302" font-size="12" fill="{COLOURS["text"]}">Blue: the processor. Grey: copies over the bus, with the '
              "launch. Green: kernels of this library, 0.01 ms before and 0.03 ms after the model. Orange: the network.</text>")
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} 314" font-family="sans-serif" role="img">'
            f'<rect width="{WIDTH}" height="314" fill="#ffffff"/>' + "\n".join([*measured(), *in_flight(), legend]) + "</svg>\n")


if __name__ == "__main__":
    pathlib.Path(__file__).with_suffix(".svg").write_text(draw(), encoding="utf-8")
