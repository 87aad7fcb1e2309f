#!/usr/bin/env python3
"""Makes one page of several reports of the GPU tests, with a column for each machine.

    tests/gpu/merge_reports.py 'H100=first/gpu.md' '2 × H200=second/gpu.md' > docs/gpu.md

Each report is the gpu.md that tests/gpu/run.sh writes. Rows are matched by their first cell. A value that misses its bar
is bold and says so.
"""
import re
import sys

ABSENT = "not run"


class Report:
    """One gpu.md, cut into its parts."""

    def __init__(self, path):
        text = open(path, encoding="utf-8").read()
        self.head, *rest = re.split(r"^## ", text, flags=re.M)
        self.sections = {part.split("\n", 1)[0]: part.split("\n", 1)[1].strip() for part in rest}
        self.machine = dict(re.findall(r"^- ([^:]+): (.*)$", self.head, flags=re.M))

    def rows(self, section):
        """The cells of a section's table, by the first cell."""
        lines = [line for line in self.sections.get(section, "").split("\n") if line.startswith("|")]
        cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]
        return {row[0]: row for row in cells}

    def lists(self, heading):
        """Tests of a list such as 'Not run', by their reason, without what a theory was called with."""
        found = re.search(rf"^{heading}:\n\n((?:[ -].*\n?)+)", self.sections["Tests"], flags=re.M)
        groups = {}
        for line in found.group(1).strip().split("\n") if found else []:
            if line.startswith("- "):
                tests = groups.setdefault(line[2:], {})
            else:
                name = re.sub(r"\(.*", "", line.strip()[2:])
                tests[name] = tests.get(name, 0) + 1
        return groups


def ordered(reports, keys):
    """All keys of all reports, in the order of the first report that has each."""
    return list(dict.fromkeys(key for report in reports for key in keys(report)))


def table(heading, rows):
    yield "| " + " | ".join(heading) + " |"
    yield "|" + " --- |" * len(heading)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def value(row):
    if row is None:
        return ABSENT
    return f"**{row[1]}, misses the bar**" if "no" in row[3] else row[1]


def shortened(cells):
    """A long text that every machine gave stands there once."""
    if len(cells[0]) > 60 and len(set(cells)) == 1:
        return [cells[0]] + ["the same"] * (len(cells) - 1)
    return cells


def figures(names, reports, section):
    yield f"## {section}\n"
    # A section that some machines did not run has a column for the others only.
    names, reports = zip(*((name, report) for name, report in zip(names, reports) if section in report.sections))
    rows = [report.rows(section) for report in reports]
    body = []
    for what in ordered(reports, lambda report: report.rows(section)):
        bar = next(row[what][2] for row in rows if what in row)
        body.append([what, bar, *shortened([value(row.get(what)) for row in rows])])
    yield from table(["what", "bar", *names], body)


def tests(names, reports):
    yield "## Tests\n"
    counts = [re.match(r"(\d+) passed, (\d+) failed, (\d+) not run", report.sections["Tests"]).groups() for report in reports]
    yield from table(["", *names], [[word, *(count[i] for count in counts)]
                                    for i, word in enumerate(["passed", "failed", "not run"])])
    for heading in ["Failed", "Not run"]:
        lists = [report.lists(heading) for report in reports]
        for reason in ordered(reports, lambda report: report.lists(heading)):
            where = " and on ".join(name for name, groups in zip(names, lists) if reason in groups)
            group = next(groups[reason] for groups in lists if reason in groups)
            yield f"{heading} on {where}: {reason}\n"
            yield from (f"- {test}" + (f" ({count} cases)" if count > 1 else "") for test, count in group.items())
            yield ""
    rows = [report.rows("Tests") for report in reports]
    passed = [report_rows.keys() for report_rows in rows]
    every = sorted(set().union(*passed))
    yield "Seconds of each test that passed:\n"
    yield from table(["test", *names], [[test, *(row[test][1].removesuffix(" s") if test in row else "" for row in rows)]
                                        for test in every])


def slots(reports):
    section = next(name for name in reports[0].sections if name.startswith("Slots"))
    yield f"## {section}\n"
    rows = [report.rows(section) for report in reports]
    body = []
    for method in ordered(reports, lambda report: report.rows(section)):
        row = next(r[method] for r in rows if method in r)
        called = sorted({library for r in rows if method in r for library in r[method][3].split(", ")} - {"never"})
        body.append([method, row[1], row[2], ", ".join(called) or "never"])
    run = sum(row[3] != "never" for row in body)
    yield f"{run} of the {len(body)} virtual methods that the product can call. Calls on a stand-in are not counted.\n"
    yield from table(["method", "slot in 10.x", "slot in 11.x", "called on"], body)


def page(names, reports):
    yield "# TensorRT on real GPUs\n"
    yield ("Every figure was measured by a test of `tests/TrtBindings.Gpu.Tests`, on each machine by `tests/gpu/run.sh`;\n"
           "`tests/gpu/merge_reports.py` put the reports side by side.\n")
    yield from table(["", *names], [[what, *(report.machine.get(what, "") for report in reports)]
                                    for what in ordered(reports, lambda report: report.machine)])
    rest = re.sub(r"\A.*?\n(?=\*\*)", "", reports[0].head, flags=re.S)
    if rest.startswith("**"):
        yield rest.strip().replace("is not on this machine", "is on none of these machines") + "\n"
    own = {"Tests", "How to repeat this"} | {name for name in reports[0].sections if name.startswith("Slots")}
    for section in ordered(reports, lambda report: report.sections):
        if section not in own:
            yield from figures(names, reports, section)
    yield from tests(names, reports)
    yield "## How to repeat this\n"
    yield reports[0].sections["How to repeat this"] + "\n"
    yield from slots(reports)


def main(arguments):
    if not arguments or any("=" not in argument for argument in arguments):
        sys.exit(__doc__)
    names, paths = zip(*(argument.split("=", 1) for argument in arguments))
    print("\n".join(page(names, [Report(path) for path in paths])).strip())


main(sys.argv[1:])
