// Every unit test has the same reader, wherever it runs: one in Britain. A test of other readers stubs its own.
import { vi } from "vitest";

vi.stubGlobal("navigator", { language: "en-GB" });
