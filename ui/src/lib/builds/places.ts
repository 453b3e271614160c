// The places in the room, from its address: `#/builds/APP/BUILD`, `#/builds/APP/upload-7`, `#/builds/APP/groups`.

export const GROUPS = "groups";
const UPLOAD = /^upload-(\d+)$/;

export function uploadPart(id: number): string {
  return `upload-${id}`;
}

/** The number of the upload that a part of an address names. */
export function uploadOf(part: string | null): number | null {
  const [, id] = UPLOAD.exec(part ?? "") ?? [];
  return id === undefined ? null : Number(id);
}

/** Whether a part of an address names a build. */
export function isBuild(part: string | null): part is string {
  return part !== null && part !== GROUPS && uploadOf(part) === null;
}
