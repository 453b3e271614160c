// Wording rules.
import { expect, test } from "vitest";
import { byteSize, counted, opening, sentence, title } from "./words";

test("the engine's words become a sentence", () => {
  expect(sentence("the keychain is locked")).toBe("The keychain is locked.");
  expect(sentence("Is it there?")).toBe("Is it there?");
  expect(sentence("  ")).toBe("");
  expect(sentence("https://a.example leads here")).toBe("https://a.example leads here.");
});
test("the engine's words become a title", () => {
  expect(title("port 8377 is taken")).toBe("Port 8377 is taken");
});
test("sizes are counted as macOS counts them", () => {
  expect(
    [0, 1, 512, 999, 1000, 4096, 999_949, 999_950, 1_048_576, 999_950_000, 2 ** 31].map(byteSize),
  ).toEqual([
    "0 bytes",
    "1 byte",
    "512 bytes",
    "999 bytes",
    "1 kB",
    "4.1 kB",
    "999.9 kB",
    "1 MB",
    "1 MB",
    "1 GB",
    "2.1 GB",
  ]);
});
test("numbers stand with their nouns", () => {
  expect([counted(1, "event"), counted(1204, "event")]).toEqual(["1 event", "1,204 events"]);
  expect([opening(2), opening(13)]).toEqual(["Two", "13"]);
});
