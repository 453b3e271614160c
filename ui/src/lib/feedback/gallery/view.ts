// Where a picture stands in its stage while it is zoomed and dragged. Pure: points and sizes in, a view out.

export interface Size {
  width: number;
  height: number;
}
export interface Point {
  x: number;
  y: number;
}

export interface View {
  /** Pixels of the stage for one pixel of the picture. */
  scale: number;
  /** The picture's upper left corner, in pixels of the stage. */
  x: number;
  y: number;
}

/** A picture, the stage it stands in, and the scale at which one pixel of it is one of the screen. */
export interface Scene {
  picture: Size;
  stage: Size;
  actual: number;
}

/** How many times larger than its own pixels a picture can be drawn: enough to count them. */
const MOST = 8;
/** What a step of the keys and of a wheel multiplies by. */
export const STEP = 1.25;

/** The largest scale at which all of the picture is in sight; a small one is not blown up. */
export function fitScale({ picture, stage, actual }: Scene): number {
  const widest = stage.width / Math.max(1, picture.width);
  const highest = stage.height / Math.max(1, picture.height);
  return Math.max(Number.MIN_VALUE, Math.min(widest, highest, actual));
}

export function fitted(scene: Scene): View {
  return settled({ scale: fitScale(scene), x: 0, y: 0 }, scene);
}

/** Zooms by a factor; what is under the point stays under it, as far as the picture's edges allow. */
export function zoomed(view: View, scene: Scene, at: Point, factor: number): View {
  const least = fitScale(scene);
  const most = Math.max(least, MOST * scene.actual);
  const scale = Math.min(most, Math.max(least, view.scale * factor));
  const by = scale / view.scale;
  return settled({ scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by }, scene);
}

export function panned(view: View, scene: Scene, by: Point): View {
  return settled({ ...view, x: view.x + by.x, y: view.y + by.y }, scene);
}

/** The same view with no empty space beside the picture where the picture could fill it. */
export function settled(view: View, { picture, stage }: Scene): View {
  return {
    scale: view.scale,
    x: along(view.x, picture.width * view.scale, stage.width),
    y: along(view.y, picture.height * view.scale, stage.height),
  };
}

/** Whether all of the picture is in sight. */
export function isFitted(view: View, scene: Scene): boolean {
  return view.scale <= fitScale(scene) * 1.001;
}

export function isActual(view: View, scene: Scene): boolean {
  return Math.abs(view.scale / scene.actual - 1) < 0.001;
}

export function middle({ width, height }: Size): Point {
  return { x: width / 2, y: height / 2 };
}

/** How much one turn of a wheel zooms. A notch of a mouse and a small move of a trackpad differ a lot. */
export function wheelFactor(deltaY: number, lines: boolean): number {
  const pixels = lines ? deltaY * 16 : deltaY;
  return Math.pow(STEP, -Math.max(-120, Math.min(120, pixels)) / 60);
}

function along(place: number, length: number, room: number): number {
  if (length <= room) return (room - length) / 2;
  return Math.min(0, Math.max(room - length, place));
}
