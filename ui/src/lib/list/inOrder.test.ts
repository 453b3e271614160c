// Requests about one row arrive in the order in which they were made.
import { expect, test } from "vitest";
import { InOrder } from "./inOrder";

function slow() {
  const sent: string[] = [];
  const answers = new Map<string, () => void>();
  const ask = (name: string) => () => {
    sent.push(name);
    return new Promise<void>((answer) => answers.set(name, answer));
  };
  const settled = () => new Promise((done) => setTimeout(done));
  return { sent, ask, answer: (name: string) => (answers.get(name)?.(), settled()), settled };
}

test("the second request about a row waits for the first, one about another row does not", async () => {
  const order = new InOrder<number>();
  const { sent, ask, answer } = slow();
  void order.send([1, 2], ask("archive"));
  void order.send([2], ask("undo"));
  void order.send([3], ask("other"));
  expect(sent).toEqual(["archive", "other"]);
  await answer("archive");
  expect(sent).toEqual(["archive", "other", "undo"]);
});
test("a request goes out even if the one before it was refused", async () => {
  const order = new InOrder<number>();
  const { sent, ask, settled } = slow();
  void order.send([1], () => Promise.reject(new Error("refused"))).catch(() => undefined);
  void order.send([1], ask("again"));
  await settled();
  expect(sent).toEqual(["again"]);
});
test("what is about all rows comes after all before it, and before all after it", async () => {
  const order = new InOrder<number>();
  const { sent, ask, answer } = slow();
  void order.send([1], ask("first"));
  void order.sendAll(ask("all"));
  void order.send([9], ask("last"));
  expect(sent).toEqual(["first"]);
  await answer("first");
  expect(sent).toEqual(["first", "all"]);
  await answer("all");
  expect(sent).toEqual(["first", "all", "last"]);
});
