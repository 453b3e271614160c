// Provides the window's state to deeply nested components, so that it needn't be passed through every level.
import { createContext } from "svelte";
import type { WindowState } from "./windowState";

export const [getWindow, setWindow] = createContext<WindowState>();
