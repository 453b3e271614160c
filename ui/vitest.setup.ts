// Every unit test has the same reader, wherever it runs: one in Britain. Tests of other readers stub their own.
import { vi } from "vitest";

vi.stubGlobal("navigator", { language: "en-GB" });
