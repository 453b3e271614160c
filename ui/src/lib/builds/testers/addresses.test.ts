import { expect, test } from "vitest";
import { typedTesters } from "./addresses";

test("addresses come in lines or after commas, with or without names", () => {
  expect(typedTesters('a@example.org, Amara Nwosu <b@example.org>;\n\n"Li" <c@example.org>\n')).toEqual({
    testers: [
      { email: "a@example.org", firstName: null, lastName: null },
      { email: "b@example.org", firstName: "Amara", lastName: "Nwosu" },
      { email: "c@example.org", firstName: "Li", lastName: null },
    ],
    wrong: [],
  });
});

test("a name of three words keeps its last one as the last name", () => {
  expect(typedTesters("Ana Maria Costa <a@example.org>").testers).toEqual([
    { email: "a@example.org", firstName: "Ana Maria", lastName: "Costa" },
  ]);
});

test("the same address counts once, however it is spelled", () => {
  expect(typedTesters("a@example.org\nA@Example.org").testers).toHaveLength(1);
});

test("what is no address is told, and costs no other one", () => {
  const { testers, wrong } = typedTesters("a@example.org\nnobody\nb@\n@example.org\na b@example.org");
  expect(testers.map(({ email }) => email)).toEqual(["a@example.org"]);
  expect(wrong).toEqual(["nobody", "b@", "@example.org", "a b@example.org"]);
});
