// The number of device pixels per CSS pixel; it changes when the window moves to another screen or is zoomed.

class DevicePixels {
  ratio = $state(globalThis.devicePixelRatio || 1);

  constructor() {
    globalThis.addEventListener?.("resize", () => (this.ratio = globalThis.devicePixelRatio || 1));
  }
}

export const devicePixels = new DevicePixels();
