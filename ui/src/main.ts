// Starts the window. The platform is guessed first, so that the frame is right before the engine answers.
import { mount } from "svelte";
import App from "./App.svelte";
import { chooseBackend } from "./lib/backend";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/floating.css";
import "./styles/forced-colors.css";

document.documentElement.dataset["platform"] = navigator.userAgent.includes("Mac OS") ? "macos" : "linux";

const target = document.getElementById("app");
if (target) void chooseBackend().then(() => mount(App, { target }));
