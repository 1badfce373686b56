// Signs of the map, drawn where they are needed: dots of one colour, striped where they are contested.

const SIZE = 44;

function canvas(size: number): CanvasRenderingContext2D {
  const element = document.createElement("canvas");
  element.width = element.height = size;
  const context = element.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no canvas");
  return context;
}

/** Fills a square with stripes of these colours. */
function stripe(context: CanvasRenderingContext2D, colours: string[], size: number, width: number): void {
  context.save();
  context.translate(size / 2, size / 2);
  context.rotate(Math.PI / 4);
  // Along the diagonal the pattern must repeat after the size.
  for (let i = -12; i < 12; i++) {
    context.fillStyle = colours[((i % colours.length) + colours.length) % colours.length] ?? "#888";
    context.fillRect(i * width, -size, width + 0.5, 2 * size);
  }
  context.restore();
}

/** A dot: whole, striped, or a ring where only the loser is told. */
export function dot(colours: string[], isRing: boolean): ImageData {
  const context = canvas(SIZE);
  const middle = SIZE / 2;
  context.beginPath();
  context.arc(middle, middle, middle - 4, 0, 2 * Math.PI);
  if (isRing) {
    context.lineWidth = 7;
    context.strokeStyle = colours[0] ?? "#888";
    context.setLineDash([9, 6]);
    context.stroke();
    return context.getImageData(0, 0, SIZE, SIZE);
  }
  context.save();
  context.clip();
  stripe(context, colours, SIZE, colours.length > 1 ? 7 : SIZE);
  context.restore();
  context.lineWidth = 3.5;
  context.strokeStyle = "#ffffff";
  context.stroke();
  context.beginPath();
  context.arc(middle, middle, middle - 2, 0, 2 * Math.PI);
  context.lineWidth = 1.5;
  context.strokeStyle = "#2a2620";
  context.stroke();
  return context.getImageData(0, 0, SIZE, SIZE);
}

/** A pattern that repeats: for units that are contested. */
export function hatch(colours: string[]): ImageData {
  const context = canvas(32);
  const width = 32 / Math.SQRT2 / colours.length;
  stripe(context, colours, 32, width);
  return context.getImageData(0, 0, 32, 32);
}
