// How many of the screen's own pixels one pixel of the window has; it changes when the window is moved to
// another screen, or its text is made larger.

class DevicePixels {
  ratio = $state(globalThis.devicePixelRatio || 1);

  constructor() {
    globalThis.addEventListener?.("resize", () => (this.ratio = globalThis.devicePixelRatio || 1));
  }
}

export const devicePixels = new DevicePixels();
