// The part of pngjs that the tests use; the package has no types of its own.
declare module "pngjs" {
  export interface Pixels {
    width: number;
    height: number;
    /** Four bytes per pixel: red, green, blue, alpha. */
    data: Buffer;
  }
  export class PNG implements Pixels {
    static sync: { read(file: Buffer): Pixels; write(pixels: Pixels): Buffer };
    constructor(size: { width: number; height: number });
    width: number;
    height: number;
    data: Buffer;
  }
}
