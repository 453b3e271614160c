// The width of a text in the charts' 11 px font, so that labels are drawn only if they fit.

const widths = new Map<string, number>();
let drawing: CanvasRenderingContext2D | null = null;

export function textWidth(text: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  drawing ??= document.createElement("canvas").getContext("2d");
  if (drawing === null) return text.length * 7;
  drawing.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  const width = drawing.measureText(text).width;
  widths.set(text, width);
  return width;
}
