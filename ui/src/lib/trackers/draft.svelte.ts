// A tracker being added: how it is reached, what the token reaches, and the chosen settings. The token is tried before
// anything can be chosen; changing a field discards earlier results.
import type {
  ApiError,
  Tracker,
  TrackerAccess,
  TrackerChoices,
  TrackerKind,
  TrackerPlaces,
  TrackerSettings,
} from "../bindings/api";
import type { Backend } from "../backend/backend";
import { Resource } from "../state/resource.svelte";
import type { Submission } from "../state/submission.svelte";
import type { Trackers } from "./trackers.svelte";

/** The fields that show their own errors. */
export const SETTINGS_FIELDS = ["labels", "title", "body"] as const;
export const ACCESS_FIELDS = ["url", "email", "token"] as const;
export const DRAFT_FIELDS = [...ACCESS_FIELDS, "place", "issueType", ...SETTINGS_FIELDS] as const;

const NO_SETTINGS: TrackerSettings = {
  apps: [],
  labels: [],
  assignee: null,
  title: null,
  body: null,
  includeTester: false,
};

/** What a place offers, and the issue type that this applies to. */
interface Offered extends TrackerChoices {
  issueType: string | null;
}

/** Types of issue that fit feedback, the best first. */
const FITTING_TYPES = ["bug", "task"];

export class TrackerDraft {
  service = $state<TrackerKind>("github");
  /** Whether the API is not github.com's. */
  isEnterprise = $state(false);
  url = $state("");
  email = $state("");
  token = $state("");
  allowPrivateNetwork = $state(false);
  /** What the token reaches, once tried. */
  reached = $state.raw<TrackerPlaces | null>(null);
  place = $state("");
  settings = $state.raw<TrackerSettings>(NO_SETTINGS);
  /** What the chosen place offers. */
  readonly offered: Resource<Offered>;

  /** Jira's issue type, if the person chose one. */
  #issueType: string | null = null;
  #call: Backend["call"];
  #form: Submission;

  constructor(call: Backend["call"], form: Submission) {
    this.#call = call;
    this.#form = form;
    this.offered = new Resource(() => this.#offers(this.access, this.place, this.#issueType));
  }

  get access(): TrackerAccess {
    const url = this.service === "jira" || (this.service === "github" && this.isEnterprise);
    return {
      service: this.service,
      url: url ? this.url.trim() : null,
      email: this.service === "jira" ? this.email.trim() : null,
      token: this.token.trim(),
      allowPrivateNetwork: url && this.service === "github" && this.allowPrivateNetwork,
    };
  }

  /** The first access field that is still empty. */
  check(): ApiError | null {
    const { service, url, email, token } = this.access;
    const missing = (field: string, message: string, hint: string): ApiError => ({
      code: "invalidInput",
      message,
      hint,
      field,
    });
    if (url === "" && service === "jira")
      return missing("url", "enter your site’s address", "such as https://example.atlassian.net");
    if (url === "")
      return missing("url", "enter the API’s address", "such as https://github.example.com/api/v3");
    if (email === "")
      return missing("email", "enter your email address", "the one that the token belongs to");
    if (token === "") return missing("token", "paste the token", "Hookbell keeps it in your keychain");
    return null;
  }

  /** Tries the token. */
  reach(): Promise<TrackerPlaces> {
    return this.#call("trackerPlaces", this.access);
  }

  took(reached: TrackerPlaces): void {
    this.reached = reached;
    const [only] = reached.places;
    if (only && reached.places.length === 1) this.choose(only.id);
  }

  /** An access field was edited: results for the old values are discarded. */
  edited(field: (typeof ACCESS_FIELDS)[number]): void {
    this.#form.edited(field);
    if (this.reached === null && !this.#form.working) return;
    this.#form.abandon();
    this.reached = null;
    this.place = "";
    this.settings = { ...this.settings, labels: [], assignee: null };
  }

  choose(place: string): void {
    this.#form.edited("place");
    this.place = place;
    this.#issueType = null;
    this.settings = { ...this.settings, labels: [], assignee: null };
    if (place !== "") void this.offered.restart();
  }

  chooseIssueType(id: string): void {
    this.#form.edited("issueType");
    this.#issueType = id;
    void this.offered.restart({ keep: true });
  }

  /** The errors of the chosen settings. */
  checkChosen(): ApiError | null {
    if (this.place !== "") return null;
    return { code: "invalidInput", message: "choose where issues are filed", hint: "", field: "place" };
  }

  add(trackers: Trackers): Promise<Tracker> {
    const { access, place, settings } = this;
    return trackers.add({ access, place, issueType: this.offered.value?.issueType ?? null, settings });
  }

  /** Jira reports an issue type's required fields only for a specific type. */
  async #offers(access: TrackerAccess, place: string, chosen: string | null): Promise<Offered> {
    const first = await this.#call("trackerChoices", { access, place, issueType: chosen });
    if (chosen !== null || first.issueTypes.length === 0) return { ...first, issueType: chosen };
    const fitting = FITTING_TYPES.map((name) =>
      first.issueTypes.find((one) => one.name.toLowerCase() === name),
    ).find((one) => one !== undefined);
    const issueType = (fitting ?? first.issueTypes[0])?.id ?? null;
    return { ...(await this.#call("trackerChoices", { access, place, issueType })), issueType };
  }
}
