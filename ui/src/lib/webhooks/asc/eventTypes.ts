// The event types that a webhook can subscribe to, in Apple's order and in plain words. Apple adds types without
// notice: an unknown one is shown by its own name, made readable.

export interface EventTypeWords {
  /** The type in subscriptions. */
  type: string;
  /** Its label in the form. */
  label: string;
  /** The description below the label. */
  explains: string;
  /** Its label on the chip. */
  chip: string;
}

export interface EventTypeGroup {
  title: string;
  types: readonly EventTypeWords[];
}

function words(type: string, label: string, explains: string, chip: string): EventTypeWords {
  return { type, label, explains, chip };
}

export const GROUPS: readonly EventTypeGroup[] = [
  {
    title: "App Store",
    types: [
      words(
        "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED",
        "App version status",
        "Waiting, in review, rejected, ready for distribution",
        "App versions",
      ),
    ],
  },
  {
    title: "Uploads",
    types: [
      words(
        "BUILD_UPLOAD_STATE_UPDATED",
        "Build upload status",
        "Processing, complete or failed",
        "Build uploads",
      ),
    ],
  },
  {
    title: "TestFlight",
    types: [
      words(
        "BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED",
        "External build status",
        "Beta review approved, rejected or expired",
        "External builds",
      ),
      words(
        "BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED",
        "Screenshot feedback",
        "A tester submits screenshots",
        "Screenshot feedback",
      ),
      words(
        "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED",
        "Crash feedback",
        "A tester submits a crash",
        "Crash feedback",
      ),
    ],
  },
  {
    title: "Background assets",
    types: [
      words(
        "BACKGROUND_ASSET_VERSION_STATE_UPDATED",
        "Asset upload status",
        "Processing, complete or failed",
        "Asset uploads",
      ),
      words(
        "BACKGROUND_ASSET_VERSION_INTERNAL_BETA_RELEASE_CREATED",
        "Internal testing available",
        "A version is ready to test",
        "Internal assets",
      ),
      words(
        "BACKGROUND_ASSET_VERSION_EXTERNAL_BETA_RELEASE_STATE_UPDATED",
        "External testing status",
        "Beta review of an asset version",
        "External assets",
      ),
      words(
        "BACKGROUND_ASSET_VERSION_APP_STORE_RELEASE_STATE_UPDATED",
        "App Store release status",
        "Review and release of an asset version",
        "Assets on the App Store",
      ),
    ],
  },
  {
    title: "Alternative distribution",
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
        "Apple created a new package",
        "New packages",
      ),
      words(
        "ALTERNATIVE_DISTRIBUTION_TERRITORY_AVAILABILITY_UPDATED",
        "Territory availability",
        "Where the app can be offered",
        "Territories",
      ),
    ],
  },
];

export const TYPES: readonly EventTypeWords[] = GROUPS.flatMap(({ types }) => types);

export type PresetName = "everything" | "releases" | "testFlight" | "feedback";

export interface Preset {
  name: PresetName;
  label: string;
  /** The types in subscriptions, in the form's order. */
  types: readonly string[];
}

const FEEDBACK = ["BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED", "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"];

/** Common selections, so that nobody has to choose among twelve types. */
export const PRESETS: readonly Preset[] = [
  { name: "everything", label: "Everything", types: TYPES.map(({ type }) => type) },
  {
    name: "releases",
    label: "Releases",
    types: [
      "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED",
      "BUILD_UPLOAD_STATE_UPDATED",
      "BACKGROUND_ASSET_VERSION_APP_STORE_RELEASE_STATE_UPDATED",
    ],
  },
  {
    name: "testFlight",
    label: "TestFlight",
    types: [
      "BUILD_UPLOAD_STATE_UPDATED",
      "BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED",
      ...FEEDBACK,
      "BACKGROUND_ASSET_VERSION_INTERNAL_BETA_RELEASE_CREATED",
      "BACKGROUND_ASSET_VERSION_EXTERNAL_BETA_RELEASE_STATE_UPDATED",
    ],
  },
  { name: "feedback", label: "Feedback", types: FEEDBACK },
];

/** The preset with exactly these types, or null. */
export function presetOf(types: readonly string[]): PresetName | null {
  const same = ({ types: of }: Preset) =>
    of.length === types.length && of.every((type) => types.includes(type));
  return PRESETS.find(same)?.name ?? null;
}

/** "App versions"; an unknown type is made readable: "Something new created". */
export function chipOf(type: string): string {
  if (type === "PING") return "Ping";
  const known = TYPES.find((candidate) => candidate.type === type);
  return known?.chip ?? readable(type);
}

function readable(type: string): string {
  const lower = type.toLowerCase().replaceAll("_", " ");
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}

/** A short summary: "All 12 types", or up to three types and the number of others. */
export function chipsOf(types: readonly string[]): string[] {
  if (TYPES.every(({ type }) => types.includes(type))) {
    const others = types.filter((type) => !TYPES.some((known) => known.type === type));
    return [`All ${TYPES.length} types`, ...others.map(chipOf)];
  }
  const FEW = 3;
  const ordered = inOrder(types).map(chipOf);
  return ordered.length <= FEW + 1 ? ordered : [...ordered.slice(0, FEW), `${ordered.length - FEW} more`];
}

/** The types in the form's order, unknown ones last. */
export function inOrder(types: readonly string[]): string[] {
  const known = TYPES.map(({ type }) => type).filter((type) => types.includes(type));
  return [...known, ...types.filter((type) => !known.includes(type))];
}
