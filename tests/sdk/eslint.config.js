// Applies the window's lint rules to the client that tests the simulator.
export { default } from "../../ui/eslint.config.js";
