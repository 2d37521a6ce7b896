"""Layouts of organisation charts and flowcharts on a grid of columns and rows.

Pure arithmetic: no millimetres, no Word. Writers turn grid places into sizes and lines; what an edge looks like
follows from the places of its two nodes alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from docgen.document.model import NOWHERE, Diagram, Edge, Node, Origin
from docgen.records import dataclass

INDENT = 0.16  # columns by which a deeper level of a stack moves right
PAIRED_FROM = 7  # a stack of so many leaves or more stands on both sides of its line
ONE_COLUMN_ROWS = 14  # a flowchart of more rows is broken into two halves
SIDE = 1.0  # column of the side boxes within one half of a flowchart
HALF = 2.0  # columns of one half of a flowchart


@dataclass(frozen=True, slots=True)
class Unit:
    """A box of an organisation chart with what stands under it."""

    name: str
    sub: str = ""
    children: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A step of a procedure as the flowchart needs it.

    `decision` adds a diamond after the step. On `no` the action (if any) is done at the side; then the flow goes
    `back` to the step of that title, ends (`stop`), or joins the next step again. `yes` is a remark on the way
    down, or the title of the step to go on with.
    """

    id: str
    title: str
    owner: str = ""
    limit: str = ""
    decision: str = ""
    yes: str = ""
    no: str = ""
    back: str = ""
    stop: bool = False


@dataclass(frozen=True, slots=True)
class FlowWords:
    """The words a flowchart adds to the steps, in the language of the document."""

    start: str
    end: str
    yes: str
    no: str


# ---- organisation chart


@dataclass(slots=True)
class _Block:
    """A laid-out subtree; places are centres of boxes relative to the block's left edge."""

    width: float
    rows: int
    top: float  # column of the block's own root
    items: list[tuple[Unit, tuple[int, ...], float, int]] = field(default_factory=list)

    def take(self, other: _Block, column: float, row: int) -> None:
        self.items += [(unit, path, x + column, y + row) for unit, path, x, y in other.items]


def organization_chart(tree: Unit, caption: str, *, origin: Origin = NOWHERE, max_columns: int = 0) -> Diagram:
    """Lay out `tree` in levels no wider than `max_columns` boxes (0: chosen from the length of the names).

    Levels that are too wide become stacks under their parent, the deepest first; a level that is too wide even so
    is broken into lines of an even number of boxes on both sides of its parent's line.
    """
    limit = max_columns or _column_limit(tree)
    fork: tuple[int, ...] = ()
    unit = tree
    while len(unit.children) == 1:
        unit, fork = unit.children[0], (*fork, 0)
    block = _level(tree, (), frozenset(), 0, 0)
    deep = [path for path, below in _walk(tree) if len(path) > len(fork) and _height(below) > 1]
    stacked: frozenset[tuple[int, ...]] = frozenset()
    for depth in sorted({len(path) for path in deep}, reverse=True):
        if block.width <= limit + INDENT:
            break
        stacked |= {path for path in deep if len(path) == depth}
        block = _level(tree, (), stacked, 0, 0)
    # a stack that makes the chart tall is spread out again where there is room
    for path in sorted(stacked, key=lambda path: (len(path), path)):
        other = _level(tree, (), stacked - {path}, 0, 0)
        if other.width <= limit + INDENT and other.rows < block.rows:
            block, stacked = other, stacked - {path}
    paired = _level(tree, (), stacked, 0, PAIRED_FROM)
    if paired.width <= limit + INDENT:
        block = paired
    if block.width > limit + INDENT:
        block = _level(tree, (), stacked, limit, 0)
    nodes = tuple(Node(_unit_id(path), unit.name, "box", round(x, 3), y, unit.sub) for unit, path, x, y in block.items)
    edges = tuple(Edge(_unit_id(path[:-1]), _unit_id(path)) for _, path, _, _ in block.items if path)
    return Diagram("organization", nodes, edges, caption, origin)


def _unit_id(path: tuple[int, ...]) -> str:
    return ".".join(("u", *map(str, path)))


def _column_limit(tree: Unit) -> int:
    longest = max((len(unit.name) for path, unit in _walk(tree) if path), default=0)
    return 7 if longest <= 8 else 6 if longest <= 12 else 5


def _walk(unit: Unit, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Unit]]:
    yield path, unit
    for number, child in enumerate(unit.children):
        yield from _walk(child, (*path, number))


def _height(unit: Unit) -> int:
    return 1 + max((_height(child) for child in unit.children), default=0)


def _level(
    unit: Unit, path: tuple[int, ...], stacked: frozenset[tuple[int, ...]], line_limit: int, paired_from: int
) -> _Block:
    """Children beside one another, each over its own subtree; stacks under the units at the paths `stacked`."""
    if not unit.children:
        return _Block(1, 1, 0.5, [(unit, path, 0.5, 0)])
    if path in stacked:
        leaves = not any(child.children for child in unit.children)
        if paired_from and leaves and len(unit.children) >= paired_from:
            return _pairs(unit, path)
        return _stack(unit, path)
    parts = [
        _level(child, (*path, number), stacked, line_limit, paired_from) for number, child in enumerate(unit.children)
    ]
    if line_limit and sum(part.width for part in parts) > line_limit:
        return _lines(unit, path, parts, line_limit)
    block = _Block(sum(part.width for part in parts), 1 + max(part.rows for part in parts), 0)
    column, tops = 0.0, []
    for part in parts:
        block.take(part, column, 1)
        tops.append(column + part.top)
        column += part.width
    block.top = (tops[0] + tops[-1]) / 2
    block.items.insert(0, (unit, path, block.top, 0))
    return block


def _stack(unit: Unit, path: tuple[int, ...]) -> _Block:
    """Children under one another, deeper levels moved a little to the right."""
    block = _Block(1, 1, 0.5, [(unit, path, 0.5, 0)])
    indent = INDENT if any(child.children for child in unit.children) else 0.0
    for number, child in enumerate(unit.children):
        part = _stack(child, (*path, number))
        block.take(part, indent, block.rows)
        block.rows += part.rows
        block.width = max(block.width, part.width + indent)
    return block


def _pairs(unit: Unit, path: tuple[int, ...]) -> _Block:
    """Leaves to the left and right of a line down from the parent."""
    block = _Block(2, 1 + (len(unit.children) + 1) // 2, 1.0, [(unit, path, 1.0, 0)])
    for number, child in enumerate(unit.children):
        block.items.append((child, (*path, number), 0.5 + number % 2, 1 + number // 2))
    return block


def _lines(unit: Unit, path: tuple[int, ...], parts: list[_Block], limit: int) -> _Block:
    """Several lines of subtrees; the parent's line runs down between the halves of every line but the last."""
    most = max(2, limit // 2 * 2)
    count = -(-len(parts) // most)
    each = min(most, -(-len(parts) // count) + (-(-len(parts) // count)) % 2)
    # a tall subtree in an upper line would push the next line down
    parts = sorted(parts, key=lambda part: part.rows > 1)
    lines: list[list[_Block]] = []
    for part in parts:
        full = not lines or len(lines[-1]) >= each
        if full or sum(other.width for other in lines[-1]) + part.width > max(limit, part.width):
            lines.append([])
        lines[-1].append(part)
    lefts = [sum(part.width for part in line[: len(line) // 2]) for line in lines[:-1]]
    rights = [sum(part.width for part in line[len(line) // 2 :]) for line in lines[:-1]]
    last = sum(part.width for part in lines[-1])
    centre = max([*lefts, last / 2])
    block = _Block(centre + max([*rights, last / 2]), 1, centre, [(unit, path, centre, 0)])
    for line, left in zip(lines, [*lefts, last / 2], strict=True):
        column = centre - left
        for part in line:
            block.take(part, column, block.rows)
            column += part.width
        block.rows += max(part.rows for part in line)
    return block


# ---- flowchart


def flowchart(
    steps: Sequence[FlowStep],
    caption: str,
    *,
    words: FlowWords,
    origin: Origin = NOWHERE,
    one_column_rows: int = ONE_COLUMN_ROWS,
) -> Diagram:
    """Lay out `steps` from the start to the end terminal.

    Even columns hold the flow, odd ones the actions at its side. More than `one_column_rows` rows are broken into
    two halves, after a step without a decision where there is one near the middle. A way back that would lead from
    one half into the other is written as `→ title` in the box instead of drawn, and so is a way back to a title
    no step has.
    """
    flow = _Flow(steps, words, one_column_rows)
    return Diagram("flow", tuple(flow.nodes), tuple(flow.edges), caption, origin)


class _Flow:
    def __init__(self, steps: Sequence[FlowStep], words: FlowWords, one_column_rows: int) -> None:
        self.steps, self.words = steps, words
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self.by_title = {step.title: number for number, step in reversed(list(enumerate(steps)))}
        rows = [1 + bool(step.decision) for step in steps]
        self.first_of_second = self._break(rows) if sum(rows) + 2 > one_column_rows else len(steps)
        row, half = 0, 0.0
        self._node("start", words.start, "terminal", half, row)
        if steps:
            self.edges.append(Edge("start", steps[0].id))
        for number, step in enumerate(steps):
            row += 1
            if number == self.first_of_second:
                row, half = 0, HALF
            self._step(number, step, half, row)
            row += rows[number] - 1
        self._node("end", words.end, "terminal", half, row + 1)

    def _break(self, rows: list[int]) -> int:
        """The step that opens the second half: near the middle, best after a step whose flow only goes down."""
        # a decision is higher than a step
        heights = [1.0 if row == 1 else 2.6 for row in rows]
        total, above = sum(heights) + 2, 1.0
        best, cost = len(rows), float("inf")
        jumps = [
            (number, self.by_title[title], price)
            for number, step in enumerate(self.steps)
            for title, price in ((step.yes, 3.0), (step.back or step.no, 1.0))
            if step.decision and title in self.by_title
        ]
        for number in range(1, len(rows)):
            above += heights[number - 1]
            before = self.steps[number - 1]
            joins = bool(before.decision) and not before.stop and not before.back
            cut = 0.35 * (above - total / 2) ** 2 + (3.1 if joins else 1.1 if before.decision else 0)
            cut += sum(price for source, target, price in jumps if (source < number) != (target < number))
            if cut < cost:
                best, cost = number, cut
        return best

    def _node(self, id: str, text: str, shape: str, column: float, row: int, sub: str = "") -> None:
        self.nodes.append(Node(id, text, shape, column, row, sub))  # type: ignore[arg-type]

    def _half(self, number: int) -> int:
        return int(number >= self.first_of_second)

    def _target(self, title: str, number: int) -> str:
        """Id of the step of that title if a line from step `number` to it can be drawn."""
        target = self.by_title.get(title)
        if target is None or self._half(target) != self._half(number):
            return ""
        return self.steps[target].id

    def _step(self, number: int, step: FlowStep, column: float, row: int) -> None:
        following = self.steps[number + 1].id if number + 1 < len(self.steps) else "end"
        sub = "  ".join(part for part in (step.owner, step.limit) if part)
        self._node(step.id, step.title, "box", column, row, sub)
        if not step.decision:
            self.edges.append(Edge(step.id, following))
            return
        diamond = f"{step.id}?"
        self._node(diamond, step.decision, "decision", column, row + 1)
        self.edges.append(Edge(step.id, diamond))
        jump = self._target(step.yes, number) if step.yes else ""
        remark = "" if jump else step.yes
        self.edges.append(Edge(diamond, jump or following, " ".join(filter(None, (self.words.yes, remark)))))
        self._no(number, step, diamond, following, column, row + 1)

    def _no(self, number: int, step: FlowStep, diamond: str, following: str, column: float, row: int) -> None:
        no = self.words.no
        action, back = step.no, step.back
        if not back and not step.stop and self._target(action, number):
            action, back = "", action
        target = self._target(back, number) if back else ""
        written = f"→ {back}" if back and not target else ""
        side = f"{step.id}!"
        source, label = diamond, no
        if action or written:
            self._node(side, action or written, "box", column + SIDE, row, written if action else "")
            self.edges.append(Edge(diamond, side, no))
            source, label = side, ""
        if target:
            self.edges.append(Edge(source, target, label))
        elif step.stop and not back:
            end = f"{step.id}."
            self._node(end, self.words.end, "terminal", column + SIDE, row + (source == side))
            self.edges.append(Edge(source, end, label))
        elif not back:
            self.edges.append(Edge(source, following, label))
