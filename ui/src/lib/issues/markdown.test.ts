// An issue's text before it is filed.
import { expect, test } from "vitest";
import { blocksOf } from "./markdown";

test("the text that Hookbell writes is read part by part", () => {
  const text = [
    "> It crashed.  \n> Twice \\#1 &lt;b&gt;",
    "- **App:** Backyard Birds 3.3 (418)\n- **Device:** iPhone 15 Pro",
    "**Thread 0, crashed: EXC\\_BREAKPOINT**",
    "```text\n0 Birds > main\n- **x:** y\n```",
    "[App Store Connect](https://a.example/%28x%29)",
    "`hookbell://event/1`",
  ].join("\n\n");
  expect(blocksOf(text)).toEqual([
    { kind: "quote", lines: ["It crashed.", "Twice #1 <b>"] },
    {
      kind: "facts",
      facts: [
        { label: "App", value: "Backyard Birds 3.3 (418)" },
        { label: "Device", value: "iPhone 15 Pro" },
      ],
    },
    { kind: "text", text: "Thread 0, crashed: EXC_BREAKPOINT" },
    { kind: "code", text: "0 Birds > main\n- **x:** y" },
    { kind: "text", text: "App Store Connect" },
    { kind: "text", text: "hookbell://event/1" },
  ]);
});

test("strangers' words stay words", () => {
  expect(blocksOf("> \\[x\\](y) \\*\\*b\\*\\* &amp;lt;")).toEqual([
    { kind: "quote", lines: ["[x](y) **b** &lt;"] },
  ]);
});

test("a template of one's own is shown as it is written, and a fence without an end hides nothing", () => {
  expect(blocksOf("# Plan\n1. look\n> said\n\n~~~\nrest")).toEqual([
    { kind: "text", text: "# Plan\n1. look" },
    { kind: "quote", lines: ["said"] },
    { kind: "code", text: "rest" },
  ]);
});
