// The window's own rules, for the client that tries the simulator.
export { default } from "../../ui/eslint.config.js";
