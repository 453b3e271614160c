// The event types a webhook can be subscribed to, in Apple's order of things and in plain words.
// Apple adds types without notice: one that is not here is shown in its own spelling made readable.

export interface EventTypeWords {
  /** As App Store Connect subscribes to it. */
  type: string;
  /** What the form says. */
  label: string;
  /** And below it. */
  explains: string;
  /** What the chip says. */
  chip: string;
}

export interface EventTypeGroup {
  title: string;
  /** Stands beside its neighbour, as both have one type only. */
  half: boolean;
  types: readonly EventTypeWords[];
}

function words(type: string, label: string, explains: string, chip: string): EventTypeWords {
  return { type, label, explains, chip };
}

export const GROUPS: readonly EventTypeGroup[] = [
  {
    title: "App Store",
    half: true,
    types: [
      words(
        "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED",
        "App version changes state",
        "Waiting, in review, rejected, on sale",
        "App versions",
      ),
    ],
  },
  {
    title: "Uploads",
    half: true,
    types: [
      words(
        "BUILD_UPLOAD_STATE_UPDATED",
        "Build upload changes state",
        "Processing, complete, or failed",
        "Build uploads",
      ),
    ],
  },
  {
    title: "TestFlight",
    half: false,
    types: [
      words(
        "BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED",
        "Build ready for outside testers",
        "Beta review passed, refused or expired",
        "Builds for testers",
      ),
      words(
        "BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED",
        "Screenshot feedback",
        "A tester sends a picture",
        "Screenshot feedback",
      ),
      words(
        "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED",
        "Crash feedback",
        "A tester shares a crash",
        "Crash feedback",
      ),
    ],
  },
  {
    title: "Background assets",
    half: false,
    types: [
      words(
        "BACKGROUND_ASSET_VERSION_STATE_UPDATED",
        "Upload changes state",
        "Processing, complete or failed",
        "Asset uploads",
      ),
      words(
        "BACKGROUND_ASSET_VERSION_INTERNAL_BETA_RELEASE_CREATED",
        "Ready for inside testers",
        "A version can be tested",
        "Assets for inside testers",
      ),
      words(
        "BACKGROUND_ASSET_VERSION_EXTERNAL_BETA_RELEASE_STATE_UPDATED",
        "Outside testing changes state",
        "Beta review of an asset version",
        "Assets for outside testers",
      ),
      words(
        "BACKGROUND_ASSET_VERSION_APP_STORE_RELEASE_STATE_UPDATED",
        "App Store release changes state",
        "Review and release of an asset version",
        "Assets on the App Store",
      ),
    ],
  },
  {
    title: "Alternative distribution",
    half: false,
    types: [
      words(
        "ALTERNATIVE_DISTRIBUTION_PACKAGE_AVAILABLE_UPDATED",
        "Package available",
        "A marketplace can download it",
        "Packages available",
      ),
      words(
        "ALTERNATIVE_DISTRIBUTION_PACKAGE_VERSION_CREATED",
        "New package version",
        "Apple made a new package",
        "New packages",
      ),
      words(
        "ALTERNATIVE_DISTRIBUTION_TERRITORY_AVAILABILITY_UPDATED",
        "Territories change",
        "Where it may be offered",
        "Territories",
      ),
    ],
  },
];

export const TYPES: readonly EventTypeWords[] = GROUPS.flatMap(({ types }) => types);

/** "App versions"; a type we don't know is made readable: "Something new created". */
export function chipOf(type: string): string {
  if (type === "PING") return "Ping";
  const known = TYPES.find((candidate) => candidate.type === type);
  return known?.chip ?? readable(type);
}

function readable(type: string): string {
  const lower = type.toLowerCase().replaceAll("_", " ");
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}

/** What stands in a webhook's row: "All 12 types", or up to three of them and how many more. */
export function chipsOf(types: readonly string[]): string[] {
  if (TYPES.every(({ type }) => types.includes(type))) {
    const others = types.filter((type) => !TYPES.some((known) => known.type === type));
    return [`All ${TYPES.length} types`, ...others.map(chipOf)];
  }
  const FEW = 3;
  const ordered = inOrder(types).map(chipOf);
  return ordered.length <= FEW + 1 ? ordered : [...ordered.slice(0, FEW), `${ordered.length - FEW} more`];
}

/** The given types in the form's order, unknown ones last. */
export function inOrder(types: readonly string[]): string[] {
  const known = TYPES.map(({ type }) => type).filter((type) => types.includes(type));
  return [...known, ...types.filter((type) => !known.includes(type))];
}
