// A build's plan while it is edited: the form's plan, and what App Store Connect would say to each of its steps,
// checked again after each change.
import type { Backend } from "../backend/backend";
import type {
  DistributeRequest,
  DistributionCheck,
  DistributionChoice,
  DistributionPlan,
  DistributionStepName,
  ReviewChoice,
  TesterGroup,
  WhatToTest,
} from "../bindings/api";
import { Resource } from "../state/resource.svelte";

/** What a plan is for. */
export type PlanOf = Omit<DistributeRequest, "plan">;

/** The options of the steps that asked for a choice. */
export type PlanChoices = readonly (readonly [DistributionStepName, readonly DistributionChoice[]])[];

/** Milliseconds without changes before a plan is checked. */
const REST = 250;

export class PlanDraft {
  readonly of: PlanOf;
  plan = $state.raw<DistributionPlan>() as DistributionPlan;
  /** Whether it was changed since it was started or sent. */
  edited = $state(false);
  readonly checks: Resource<DistributionCheck[]>;
  /** The choices of each step that asked for one: the answer can be changed until the plan is sent. */
  choices = $state.raw<ReadonlyMap<DistributionStepName, readonly DistributionChoice[]>>(new Map());

  /** Called after each change and once the plan is sent. */
  onchange: () => void = () => undefined;

  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(call: Backend["call"], of: PlanOf, plan: DistributionPlan) {
    this.of = of;
    this.plan = plan;
    this.checks = new Resource(async () => {
      const checks = await call("checkDistribution", { ...of, plan: this.plan });
      this.#keepChoices(checks);
      return checks;
    });
  }

  /** Whether the check has finished, even if it failed. */
  get isChecked(): boolean {
    return this.checks.value !== null || this.checks.error !== null;
  }

  check(name: DistributionStepName): DistributionCheck | undefined {
    return this.checks.value?.find((one) => one.name === name);
  }

  /** Checks the plan. */
  examine(): void {
    clearTimeout(this.#rest);
    void this.checks.restart({ keep: true });
  }

  set(parts: Partial<DistributionPlan>): void {
    this.plan = { ...this.plan, ...parts };
    this.edited = true;
    this.onchange();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.examine(), REST);
  }

  text(locale: string): string {
    return this.plan.texts.find((one) => one.locale === locale)?.text ?? "";
  }
  setText(locale: string, text: string): void {
    const known = this.plan.texts.some((one) => one.locale === locale);
    const texts = known
      ? this.plan.texts.map((one) => (one.locale === locale ? { locale, text } : one))
      : [...this.plan.texts, { locale, text }];
    this.set({ texts });
  }

  /**
   * Adds the build to a group, or removes it. The first external group submits it; removing the last one withdraws
   * that.
   */
  setGroup(id: string, on: boolean, groups: readonly TesterGroup[]): void {
    const chosen = on ? [...this.plan.groups, id] : this.plan.groups.filter((other) => other !== id);
    const isExternal = (of: string) => groups.some((one) => one.id === of && !one.internal);
    const [had, has] = [this.plan.groups.some(isExternal), chosen.some(isExternal)];
    let review: ReviewChoice = this.plan.review;
    if (has && !had) review = "submit";
    if (had && !has) review = "no";
    this.set({ groups: chosen, review });
  }

  /** It was sent unchanged. */
  sent(): void {
    this.edited = false;
    this.onchange();
  }
  stop(): void {
    clearTimeout(this.#rest);
  }

  #keepChoices(checks: DistributionCheck[]): void {
    const asked = checks.filter(({ choices }) => choices.length > 0);
    if (asked.length === 0) return;
    this.choices = new Map([...this.choices, ...asked.map(({ name, choices }) => [name, choices] as const)]);
    this.onchange();
  }
}

/** The plan as sent: only existing groups, and texts that have content or clear what the build has. */
export function planToSend(
  plan: DistributionPlan,
  groups: readonly TesterGroup[],
  texts: readonly WhatToTest[],
): DistributionPlan {
  const had = (locale: string) => texts.find((one) => one.locale === locale)?.text ?? "";
  return {
    ...plan,
    // An automatic group gets every build anyway.
    groups: plan.groups.filter((id) => groups.some((one) => one.id === id && !one.automatic)),
    texts: plan.texts.filter(({ locale, text }) => text.trim() !== "" || had(locale) !== ""),
  };
}

/** The initial plan of a new form: the last one used, plus what the build already has. */
export function firstPlan(
  last: DistributionPlan,
  groups: readonly string[],
  texts: readonly WhatToTest[],
): DistributionPlan {
  const own = texts.some(({ text }) => text !== "");
  return {
    ...last,
    groups: [...new Set([...last.groups, ...groups])],
    texts: own ? [...texts] : over(last.texts, texts),
  };
}

/** The initial form for replacing a plan: that plan, plus the languages that it left unchanged. */
export function nextPlan(plan: DistributionPlan, texts: readonly WhatToTest[]): DistributionPlan {
  return { ...plan, texts: over(plan.texts, texts) };
}

/** Merges texts with those of the languages that they lack. */
function over(texts: readonly WhatToTest[], others: readonly WhatToTest[]): WhatToTest[] {
  return [...texts, ...others.filter(({ locale }) => !texts.some((one) => one.locale === locale))];
}

const encoder = new TextEncoder();

/** A text's length as App Store Connect counts it: it counts bytes of UTF-8 and calls them characters. */
export function lengthOf(text: string): number {
  return encoder.encode(text).length;
}

/** Appends a line to a text, with an empty line before the first of its kind. */
export function withLine(text: string, line: string): string {
  const trimmed = text.trimEnd();
  if (trimmed === "") return line;
  const last = trimmed.split("\n").at(-1) ?? "";
  return `${trimmed}${last.startsWith("Fixed:") ? "\n" : "\n\n"}${line}`;
}
export function hasLine(text: string, line: string): boolean {
  return text.split("\n").some((one) => one.trim() === line.trim());
}

/** The limit for What to Test until App Store Connect reports one. */
export const USUAL_MAX_TEXT = 4_000;

/** Why a plan can't be sent yet, as a sentence for next to its button; empty if it can. */
export function openWords({ plan, checks }: PlanDraft, max: number): string {
  const asks = (name: DistributionStepName) =>
    checks.value?.some((one) => one.name === name && one.state === "decide");
  if (plan.texts.some(({ text }) => lengthOf(text) > max)) return "Shorten What to Test first.";
  if (asks("compliance") && plan.usesNonExemptEncryption === null)
    return "Answer the encryption question first.";
  if (asks("review") && plan.review === "submit") return "Choose how to submit first.";
  return "";
}

/** What a build already has. */
interface Had {
  groups: readonly { id: string }[];
  texts: readonly WhatToTest[];
  /** Whether it was submitted, or has been approved. */
  submitted: boolean;
  answered: boolean;
}

/** Whether a plan asks for nothing that the build doesn't already have. */
export function isDone(
  { groups, texts, usesNonExemptEncryption, review, notify }: DistributionPlan,
  had: Had,
): boolean {
  const isSame = (one: WhatToTest) =>
    (had.texts.find(({ locale }) => locale === one.locale)?.text ?? "") === one.text;
  return (
    groups.every((id) => had.groups.some((group) => group.id === id)) &&
    texts.every(isSame) &&
    (had.answered || usesNonExemptEncryption === null) &&
    (had.submitted || review === "no") &&
    notify !== "now"
  );
}
