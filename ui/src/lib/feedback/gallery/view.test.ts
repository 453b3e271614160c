// Zooming keeps the point under the pointer in place, and dragging stops at the picture's edges.
import { describe, expect, test } from "vitest";
import {
  fitScale,
  fitted,
  isActual,
  isFitted,
  middle,
  panned,
  settled,
  wheelFactor,
  zoomed,
  type Scene,
  type View,
} from "./view";

const scene: Scene = {
  picture: { width: 1000, height: 2000 },
  stage: { width: 500, height: 400 },
  actual: 1,
};
const oneToOne = (view: View) => zoomed(view, scene, middle(scene.stage), scene.actual / view.scale);
/** The picture's pixel under a point of the stage. */
const under = (view: View, x: number, y: number) => [(x - view.x) / view.scale, (y - view.y) / view.scale];

describe("fitting", () => {
  test("shows all of the picture, in the middle", () => {
    expect(fitted(scene)).toEqual({ scale: 0.2, x: 150, y: 0 });
    expect(isFitted(fitted(scene), scene)).toBe(true);
  });
  test("does not blow up a small picture", () => {
    const small = { ...scene, picture: { width: 100, height: 50 } };
    expect(fitted(small)).toEqual({ scale: 1, x: 200, y: 175 });
  });
  test("counts the screen's own pixels", () => {
    const dense = { ...scene, actual: 0.5, picture: { width: 100, height: 50 } };
    expect(fitScale(dense)).toBe(0.5);
  });
  test("bears a picture or a stage of no size", () => {
    for (const size of [
      { width: 0, height: 0 },
      { width: 1, height: 60_000 },
    ]) {
      expect(fitScale({ ...scene, picture: size })).toBeGreaterThan(0);
      const view = fitted({ ...scene, stage: { width: 0, height: 0 }, picture: size });
      expect(Object.values(view).every(Number.isFinite)).toBe(true);
    }
  });
});

describe("zooming", () => {
  test("keeps what is under the pointer under it", () => {
    const once = zoomed(fitted(scene), scene, { x: 250, y: 100 }, 5);
    const twice = zoomed(once, scene, { x: 300, y: 120 }, 1.5);
    under(once, 300, 120).forEach((at, axis) => expect(under(twice, 300, 120)[axis]).toBeCloseTo(at, 6));
  });
  test("ends at fitting and at eight times the picture's pixels", () => {
    expect(zoomed(fitted(scene), scene, middle(scene.stage), 1e-9)).toEqual(fitted(scene));
    expect(zoomed(fitted(scene), scene, middle(scene.stage), 1e9).scale).toBe(8);
  });
  test("to one to one keeps the middle", () => {
    const view = oneToOne(fitted(scene));
    expect(isActual(view, scene)).toBe(true);
    expect(under(view, 250, 200)).toEqual([500, 1000]);
  });
  test("in and out again gives the fitted picture back", () => {
    const inside = zoomed(fitted(scene), scene, { x: 10, y: 390 }, 6);
    expect(isFitted(inside, scene)).toBe(false);
    expect(zoomed(inside, scene, { x: 400, y: 0 }, 1 / 6)).toEqual(fitted(scene));
  });
});

describe("dragging", () => {
  test("stops at the edges", () => {
    const view = oneToOne(fitted(scene));
    expect(panned(view, scene, { x: 1e6, y: 1e6 })).toMatchObject({ x: 0, y: 0 });
    expect(panned(view, scene, { x: -1e6, y: -1e6 })).toMatchObject({ x: -500, y: -1600 });
  });
  test("does not move what is in sight as a whole", () => {
    expect(panned(fitted(scene), scene, { x: 40, y: 40 })).toEqual(fitted(scene));
  });
  test("a stage that grows leaves no gap", () => {
    const view = panned(oneToOne(fitted(scene)), scene, { x: -1e6, y: -1e6 });
    const wider = { ...scene, stage: { width: 900, height: 400 } };
    expect(settled(view, wider).x).toBe(-100);
  });
});

test("a wheel's turn is bounded, whatever the device tells", () => {
  expect(wheelFactor(-60, false)).toBeCloseTo(1.25);
  expect(wheelFactor(60, false)).toBeCloseTo(0.8);
  expect(wheelFactor(-3, true)).toBeCloseTo(wheelFactor(-48, false));
  expect(wheelFactor(-1e9, false)).toBe(wheelFactor(-120, false));
});
