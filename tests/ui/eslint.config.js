// The window's own rules, for the tests that drive it.
export { default } from "../../ui/eslint.config.js";
