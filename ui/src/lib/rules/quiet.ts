// The rule behind "Don't tell me about these…": no notification for events like this one.
import type { EventChoices, EventDetail, Rule } from "../bindings/api";

/** The longest name of a rule, in characters. */
const MAX_NAME_CHARS = 100;

/**
 * Converts Apple's spelling of a delivered type to that of subscriptions: "appStoreVersion…" is "APP_STORE_VERSION_…".
 */
const subscribed = (name: string) => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase();

/** Matches the same type and app, and the same state if there is one. */
export function quietRule(
  { event, kindLabel, typeName, after }: EventDetail,
  choices: EventChoices | null,
): Partial<Rule> {
  const spelled = typeName === null ? null : subscribed(typeName);
  const type = choices?.types.find(({ type: known }) => known === spelled);
  const state = type?.states.find(({ label }) => label.toLowerCase() === after?.toLowerCase());
  const about = [kindLabel, state?.label, event.app?.name].filter(Boolean).join(", ");
  return {
    name: [...`No notification: ${about}`].slice(0, MAX_NAME_CHARS).join(""),
    when: {
      ...(type ? { types: [type.type] } : {}),
      ...(event.app ? { apps: [event.app.id] } : {}),
      ...(state ? { states: [state.state] } : {}),
      // An unknown type is named as it arrived: without it, the rule would match every event.
      ...(type
        ? {}
        : { if: typeName === null ? `event.kind == "${event.kind}"` : `event.type == "${typeName}"` }),
    },
    then: [{ silence: {} }],
  };
}
