// Marks on a text that do not touch it: the words stay one text node, so letters keep joining.
//
// Offsets of the API count code points; a text node counts UTF-16 units.

/** Converts offsets in code points to offsets in a string. */
export class Offsets {
  private readonly wide: number[] = [];

  constructor(text: string) {
    let points = 0;
    for (const char of text) {
      if (char.length === 2) this.wide.push(points);
      points += 1;
    }
  }

  unit(point: number): number {
    let low = 0;
    let high = this.wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.wide[middle] ?? 0) < point) low = middle + 1;
      else high = middle;
    }
    return point + low;
  }

  point(unit: number): number {
    let point = unit;
    for (const [i, wide] of this.wide.entries()) {
      if (wide + i < unit) point = unit - i - 1;
      else break;
    }
    return point;
  }
}

export interface Span {
  start: number;
  end: number;
}

/** A text whose parts can be marked. */
export class Marked {
  readonly offsets: Offsets;
  private readonly node: Text;

  constructor(
    readonly element: HTMLElement,
    text: string,
  ) {
    this.offsets = new Offsets(text);
    this.node = document.createTextNode(text);
    element.classList.add("marked");
    element.replaceChildren(this.node);
  }

  range(span: Span): Range {
    const range = document.createRange();
    const length = this.node.data.length;
    range.setStart(this.node, Math.min(this.offsets.unit(span.start), length));
    range.setEnd(this.node, Math.min(this.offsets.unit(span.end), length));
    return range;
  }

  /** Finds the code point under a place on the screen. */
  at(x: number, y: number): number | null {
    const modern = document as Document & {
      caretPositionFromPoint?: (x: number, y: number) => { offsetNode: Node; offset: number } | null;
    };
    const caret = modern.caretPositionFromPoint?.(x, y);
    const range = caret ? null : document.caretRangeFromPoint?.(x, y);
    const node = caret?.offsetNode ?? range?.startContainer;
    const offset = caret?.offset ?? range?.startOffset;
    if (node !== this.node || offset === undefined) return null;
    return this.offsets.point(offset);
  }

  /** Tells where a span stands on the screen. */
  box(span: Span): DOMRect {
    return this.range(span).getBoundingClientRect();
  }
}

/** Marks ranges under a name that the style sheet knows; an empty list takes the marks off. */
export function paint(name: string, ranges: Range[], priority = 0): void {
  if (!("highlights" in CSS)) return;
  if (ranges.length === 0) {
    CSS.highlights.delete(name);
    return;
  }
  const highlight = new Highlight(...ranges);
  highlight.priority = priority;
  CSS.highlights.set(name, highlight);
}
