// House rules a machine can check: one folder talks to the host, nothing writes to the console,
// and no component makes HTML or styles out of strings.
import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/** A promise that nothing awaits loses its error; ignoring it must be explicit, with `void`. */
export function promises(tsconfigRootDir) {
  return {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir } },
    rules: {
      // Node awaits the tests it was given.
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", name: ["describe", "test"], package: "node:test" }] },
      ],
      "@typescript-eslint/no-misused-promises": "error",
    },
  };
}

export default ts.config(
  { ignores: ["dist/", "node_modules/", "src/lib/bindings/"] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      "no-console": "error",
      eqeqeq: "error",
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@tauri-apps/*"], message: "Only src/lib/backend may import the host." }] },
      ],
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig } },
    rules: {
      "svelte/no-at-html-tags": "error",
      // The content security policy blocks style attributes, but not style: directives.
      "no-restricted-syntax": [
        "error",
        { selector: 'SvelteAttribute[key.name="style"]', message: "Use a class or a style: directive." },
      ],
      // Dates and maps here are replaced as a whole ($state.raw), never modified.
      "svelte/prefer-svelte-reactivity": "off",
      // The window's addresses are its own hashes; there is no router to resolve them.
      "svelte/no-navigation-without-resolve": "off",
    },
  },
  { files: ["src/**/*.ts", "src/**/*.svelte"], ...promises(import.meta.dirname) },
  { files: ["src/lib/backend/**"], rules: { "no-restricted-imports": "off" } },
);
