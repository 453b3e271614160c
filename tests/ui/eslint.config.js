// Applies the window's lint rules to the tests that drive it. Patterns are resolved from here.
import house, { promises } from "../../ui/eslint.config.js";

export default [
  ...house,
  { files: ["**/*.ts"], ...promises(import.meta.dirname) },
  {
    rules: {
      "no-restricted-properties": [
        "error",
        {
          object: "page",
          property: "getByText",
          message: "Use shown: the live region repeats what is seen.",
        },
        { object: "page", property: "waitForTimeout", message: "Wait for a state." },
      ],
    },
  },
];
