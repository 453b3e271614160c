// What typed letters match, what they don't, and which of two texts matches better.
import { expect, test } from "vitest";
import { hit, piecesOf } from "./rank";

/** The text with its matches in brackets, or null. */
function found(typed: string, text: string, also = ""): string | null {
  const at = hit(typed, text, also)?.at;
  return at ? piecesOf(text, at).reduce((all, { text, hit }) => all + (hit ? `[${text}]` : text), "") : null;
}
const better = (typed: string, one: string, other: string) =>
  (hit(typed, one)?.score ?? -99) > (hit(typed, other)?.score ?? -99);

test("letters are found in order, at the starts of words or within the word one is in", () => {
  expect(found("red", "Redeliver all failed")).toBe("[Red]eliver all failed");
  expect(found("red", "Mark all as read")).toBe("Mark all as [re]a[d]");
  expect(found("red", "Rejected: 3.2 needs changes")).toBe("[Re]jecte[d]: 3.2 needs changes");
  expect(found("red", "Release dashboard")).toBe("[Re]lease [d]ashboard");
  expect(found("maar", "Mark all as read")).toBe("[Ma]rk [a]ll as [r]ead");
});
test("letters strewn over the middles of words are not found", () => {
  expect(found("red", "In review, idle")).toBeNull();
  expect(found("xyz", "Mark all as read")).toBeNull();
  expect(found("der", "Redeliver")).toBeNull();
});
test("a part of a word is found whole only", () => {
  expect(found("yard", "Backyard Birds")).toBe("Back[yard] Birds");
  expect(found("yrd", "Backyard Birds")).toBeNull();
  expect(found("ya", "Backyard Birds")).toBeNull();
});
test("every word that was typed must be found, in any order", () => {
  expect(found("all red", "Redeliver all failed")).toBe("[Red]eliver [all] failed");
  expect(found("red nothing", "Redeliver all failed")).toBeNull();
  expect(found("  ", "Redeliver")).toBe("Redeliver");
});
test("words beside the name are found from a word's start, and are not marked", () => {
  expect(found("halden", "Backyard Birds", "Halden Software AB com.halden.birds")).toBe("Backyard Birds");
  expect(found("birds hal", "Backyard Birds", "Halden")).toBe("Backyard [Birds]");
  expect(found("hldn", "Backyard Birds", "Halden Software AB")).toBeNull();
});
test("case, accents and scripts do not matter", () => {
  expect(found("cafe", "Café 日本")).toBe("[Café] 日本");
  expect(found("CAFE\u0301", "café")).toBe("[café]");
  expect(found("本", "Café 日本")).toBeNull();
  expect(found("日本", "Café 日本")).toBe("Café [日本]");
  expect(found("طيور", "طيور الحديقة")).toBe("[طيور] الحديقة");
  expect(found("i", "İstanbul")).toBe("[İ]stanbul");
  expect(found("bird", "🐦 Birds")).toBe("🐦 [Bird]s");
});
test("signs of a pattern stand for themselves", () => {
  expect(found(".*", "Anything")).toBeNull();
  expect(found("3.2", "Version 3.2")).toBe("Version [3.2]");
});
test("the start of the text, then of a word, then letters apart; the shorter text of two", () => {
  expect(better("tun", "Tunnel", "Start the tunnel")).toBe(true);
  expect(better("red", "Redeliver all failed", "Rejected: 3.2 needs changes")).toBe(true);
  expect(better("red", "Start the redelivery", "Rejected: 3.2 needs changes")).toBe(true);
  expect(better("in", "Inbox", "Inbox of everything there is")).toBe(true);
  expect(better("yard", "Yard sale", "Backyard Birds")).toBe(true);
});
test("what is found whole is told from letters apart", () => {
  expect(hit("all", "Redeliver all failed")?.whole).toBe(true);
  expect(hit("raf", "Redeliver all failed")?.whole).toBe(false);
  expect(hit("yard", "Backyard")?.whole).toBe(false);
});
test("a very long text and a very long question end soon", () => {
  expect(hit("a".repeat(2_000), "a ".repeat(5_000))).toBeNull();
});
