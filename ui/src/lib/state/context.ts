// The window's state for components deep within a room, which would otherwise be handed it by everyone between.
import { createContext } from "svelte";
import type { WindowState } from "./windowState";

export const [getWindow, setWindow] = createContext<WindowState>();
