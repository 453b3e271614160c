// Colouring a payload. Whatever the input, the joined pieces are the original text.
import { describe, expect, test } from "vitest";
import { COLOUR_LIMIT, jsonPieces } from "./json";

const told = (text: string) => jsonPieces(text).filter(({ kind }) => kind !== "plain");
const joined = (text: string) =>
  jsonPieces(text)
    .map((piece) => piece.text)
    .join("");

describe("JSON", () => {
  test("tells keys from strings, numbers and words", () => {
    expect(told('{"a" : "b", "n": -1.5e+3, "t": true, "z": null}')).toEqual([
      { kind: "key", text: '"a"' },
      { kind: "string", text: '"b"' },
      { kind: "key", text: '"n"' },
      { kind: "number", text: "-1.5e+3" },
      { kind: "key", text: '"t"' },
      { kind: "word", text: "true" },
      { kind: "key", text: '"z"' },
      { kind: "word", text: "null" },
    ]);
  });
  test("takes escaped quotes and colons in strings as part of them", () => {
    expect(told('["say \\"a\\": now", "b\\\\"]')).toEqual([
      { kind: "string", text: '"say \\"a\\": now"' },
      { kind: "string", text: '"b\\\\"' },
    ]);
  });
});

describe("anything else", () => {
  test.each(["", '{"cut": "in the mid', "<xml>1</xml>", '"\\', "\u0000\ud800", "{'a': tru}"])(
    "%j comes back whole",
    (text) => {
      expect(joined(text)).toBe(text);
    },
  );
  test("a cut string full of escapes costs no more than its length", () => {
    const text = `"${'\\"'.repeat(90_000)}`;
    expect(jsonPieces(text)).toEqual([{ kind: "string", text }]);
  });
  test("what is too long stays one piece", () => {
    expect(jsonPieces("1".repeat(COLOUR_LIMIT + 1))).toHaveLength(1);
  });
});
