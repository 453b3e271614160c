// A picture's place in its stage while it is zoomed and dragged. Pure functions: points and sizes in, a view out.

export interface Size {
  width: number;
  height: number;
}
export interface Point {
  x: number;
  y: number;
}

export interface View {
  /** Stage pixels per picture pixel. */
  scale: number;
  /** The picture's top left corner, in stage pixels. */
  x: number;
  y: number;
}

/** A picture, its stage, and the scale at which one picture pixel is one device pixel. */
export interface Scene {
  picture: Size;
  stage: Size;
  actual: number;
}

/** How far a picture can be magnified: enough to count its pixels. */
const MOST = 8;
/** The zoom factor of a key press or a wheel step. */
export const STEP = 1.25;

/** The largest scale at which the whole picture is visible; a small one is not enlarged. */
export function fitScale({ picture, stage, actual }: Scene): number {
  const widest = stage.width / Math.max(1, picture.width);
  const highest = stage.height / Math.max(1, picture.height);
  return Math.max(Number.MIN_VALUE, Math.min(widest, highest, actual));
}

export function fitted(scene: Scene): View {
  return settled({ scale: fitScale(scene), x: 0, y: 0 }, scene);
}

/** Zooms by a factor; the point stays in place, as far as the picture's edges allow. */
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

/** The same view without empty space next to the picture where the picture could fill it. */
export function settled(view: View, { picture, stage }: Scene): View {
  return {
    scale: view.scale,
    x: along(view.x, picture.width * view.scale, stage.width),
    y: along(view.y, picture.height * view.scale, stage.height),
  };
}

/** Whether the whole picture is visible. */
export function isFitted(view: View, scene: Scene): boolean {
  return view.scale <= fitScale(scene) * 1.001;
}

export function isActual(view: View, scene: Scene): boolean {
  return Math.abs(view.scale / scene.actual - 1) < 0.001;
}

export function middle({ width, height }: Size): Point {
  return { x: width / 2, y: height / 2 };
}

/** The zoom factor of a wheel event. A notch of a mouse and a small trackpad movement differ a lot. */
export function wheelFactor(deltaY: number, lines: boolean): number {
  const pixels = lines ? deltaY * 16 : deltaY;
  return Math.pow(STEP, -Math.max(-120, Math.min(120, pixels)) / 60);
}

function along(place: number, length: number, room: number): number {
  if (length <= room) return (room - length) / 2;
  return Math.min(0, Math.max(room - length, place));
}
