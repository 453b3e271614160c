// Builds: the list, and the plan that distributes a build to testers.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { planned, withBeta } from "./builds-scenarios.ts";
import { asks, button, claim, isGone, option, press } from "./claims.ts";
import { BIRDS, drawnBeta, noBuilds, plan } from "./fake-engine/beta.ts";
import { eventually, shown } from "./window.ts";

const BUILD = `#/builds/${BIRDS}/b419`;
const OF = { account: "acc1", app: BIRDS };
const step = (page: Page, name: string) =>
  page.locator("li.step").filter({ has: page.getByRole("heading", { name, exact: true }) });
const text = (page: Page) => page.getByRole("textbox", { name: /^What to Test/ });
const ask = (page: Page) => page.getByRole("alertdialog");

claim(
  "builds stand under their versions, each with state, groups, feedback and days until it expires",
  withBeta,
  "#/builds",
  async (page, engine) => {
    await option(
      page,
      "Build 418, Waiting for Review, Team, QA, Birders, 1 crash, 2 feedback, expires in 90 days",
    ).waitFor();
    await option(page, "Build 391, Expired, Team, 5 crashes, 12 feedback").waitFor();
    await page.getByRole("group", { name: "Version 3.2, 2 builds" }).waitFor();
    const [, ...others] = await page.locator("[role=group] .version").allInnerTexts();
    assert.deepEqual(others, ["3.2", "3.1.1"]);
    assert.deepEqual(
      asks(engine, "builds").map(({ refresh }) => refresh),
      [false, true],
      "what is kept is shown first, then App Store Connect is asked",
    );
  },
);

claim("a build that expires within two weeks says so with a mark", withBeta, "#/builds", async (page) => {
  await option(page, /^Build 398/).waitFor();
  assert.equal(await page.locator(".soon").count(), 1);
  assert.equal(await page.locator(".soon").innerText(), "6 days");
});

claim("J, K and the arrows open builds, and Enter goes to the plan", withBeta, BUILD, async (page) => {
  await option(page, /^Build 419/).waitFor();
  await page.keyboard.press("j");
  await page.getByRole("heading", { name: "Build 418" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("heading", { name: "Build 416" }).waitFor();
  await page.keyboard.press("End");
  await page.getByRole("heading", { name: "Build 391" }).waitFor();
  await page.keyboard.press("Home");
  await page.getByRole("heading", { name: "Build 419" }).waitFor();
  await page.keyboard.press("Enter");
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  await eventually(async () => assert.equal(await focused(), "Plan for build 419"));
  await page.keyboard.press("Escape");
  await eventually(async () => assert.equal(await focused(), "Builds of Backyard Birds"));
});

claim("another app's builds are shown under its name alone", withBeta, BUILD, async (page, engine) => {
  await option(page, /^Build 419/).waitFor();
  const slow = engine.hold("builds");
  await page.getByRole("button", { name: "App: Backyard Birds" }).click();
  await page.getByRole("menuitemradio", { name: /^Fieldnotes/ }).click();
  await slow.until(1);
  await isGone(option(page, /^Build 419/));
  slow.end();
  await shown(page, "No builds yet").waitFor();
});

claim(
  "older builds are read when they are asked for",
  () => withBeta(drawnBeta({ page: 5 })),
  "#/builds",
  async (page) => {
    await option(page, /^Build 412/).waitFor();
    assert.equal(await option(page, /^Build 398/).count(), 0);
    await press(page, "Show older builds");
    await option(page, /^Build 398/).waitFor();
    await isGone(button(page, "Show older builds"));
  },
);

claim(
  "the list stays while App Store Connect can't be reached, and says how old it is",
  () =>
    withBeta(
      drawnBeta({
        trouble: { message: "App Store Connect can’t be reached", hint: "check your network connection" },
      }),
    ),
  "#/builds",
  async (page) => {
    await shown(page, "App Store Connect can’t be reached.").waitFor();
    await option(page, /^Build 419/).waitFor();
    await shown(page, "As of just now").waitFor();
  },
);

claim("a build's states lead to the events that told of them", withBeta, BUILD, async (page) => {
  const states = page.getByRole("list", { name: "States so far" }).getByRole("listitem");
  await eventually(async () =>
    assert.deepEqual(
      (await states.allInnerTexts()).map((words) => words.split("\n")[0]),
      ["Processing", "Processed", "Ready to Submit"],
    ),
  );
  await page.getByRole("link", { name: "Processed", exact: true }).click();
  await eventually(() => assert.match(page.url(), /#\/inbox\/9$/));
});

claim(
  "a plan is made of what was chosen, checked as it is made, and sent once",
  withBeta,
  BUILD,
  async (page, engine) => {
    await step(page, "Beta App Review").getByText("418 is waiting for review.").waitFor();
    assert.equal(await button(page, "Distribute 419").isEnabled(), false);
    await shown(page, "Choose how to submit first.").waitFor();
    await page.getByLabel("Submit 419 once 418 is reviewed").check();
    await text(page).fill("Try the map.");
    await page.getByRole("checkbox", { name: /^Press/ }).check();
    await step(page, "Groups").getByText("16 internal, 227 external testers").waitFor();
    await eventually(async () => assert.ok(await button(page, "Distribute 419").isEnabled()));
    await press(page, "Distribute 419");
    await eventually(() => assert.equal(asks(engine, "distribute").length, 1));
    assert.deepEqual(asks(engine, "distribute")[0], {
      ...OF,
      build: "b419",
      upload: null,
      plan: plan({
        groups: ["qa", "birders", "press"],
        texts: [
          { locale: "en-US", text: "Try the map." },
          { locale: "sv", text: "Prova artlistan." },
        ],
        review: "afterOther",
      }),
    });
    await shown(page, "Continues automatically.").waitFor();
    await step(page, "Internal groups").getByText("4 testers").waitFor();
  },
);

claim(
  "a build in review is expired by a plan only after one question",
  withBeta,
  BUILD,
  async (page, engine) => {
    await page.getByLabel("Expire 418 and submit 419").check();
    await shown(page, "Expiring a build can’t be undone.").waitFor();
    await press(page, "Distribute 419…");
    await ask(page).getByText("Expire 418 and submit 419?").waitFor();
    assert.equal(asks(engine, "distribute").length, 0);
    await press(ask(page), "Expire 418 and submit 419");
    await eventually(() => assert.equal(asks(engine, "distribute").length, 1));
    assert.equal(asks(engine, "distribute")[0].plan.review, "expireOther");
    await isGone(ask(page));
  },
);

claim("What to Test is counted, and a text that is too long is not sent", withBeta, BUILD, async (page) => {
  await shown(page, "65 of 4,000").waitFor();
  await text(page).fill("ä".repeat(2001));
  await shown(page, "4,002 of 4,000").waitFor();
  await shown(page, "2 over the limit").waitFor();
  assert.equal(await text(page).getAttribute("aria-invalid"), "true");
  await shown(page, "Shorten What to Test first.").waitFor();
  assert.equal(await button(page, "Distribute 419").isEnabled(), false);
});

claim("each language keeps its own text, and another one can be added", withBeta, BUILD, async (page) => {
  await button(page, "sv").click();
  await eventually(async () => assert.equal(await text(page).inputValue(), "Prova artlistan."));
  await press(page, "Add a language");
  await page.getByRole("menuitem", { name: "French (France)" }).click();
  await eventually(async () => assert.equal(await text(page).inputValue(), ""));
  await text(page).fill("Essayez la carte.");
  await button(page, "Language: French (France)").click();
  await page.getByRole("menuitemradio", { name: /^Swedish/ }).click();
  await eventually(async () => assert.equal(await text(page).inputValue(), "Prova artlistan."));
});

claim(
  "a line of what was fixed opens its issue, and is added to the text of the open language once",
  withBeta,
  BUILD,
  async (page, engine) => {
    await page.getByRole("list", { name: "Issues closed since 418" }).waitFor();
    await press(page, "Fixed: Map pins jump while zooming");
    const url = "https://github.com/halden/birds/issues/203";
    assert.deepEqual(asks(engine, "openFixedIssue"), [{ app: BIRDS, url }]);
    await press(page, "Add “Fixed: Life list forgets your place”");
    await shown(page, "Added").waitFor();
    await press(page, "Add “Fixed: Map pins jump while zooming”");
    await eventually(async () =>
      assert.equal(
        await text(page).inputValue(),
        "Please try the life list: delete a few birds, then open it again.\n\n" +
          "Fixed: Life list forgets your place\nFixed: Map pins jump while zooming",
      ),
    );
    await option(page, /^Build 418/).click();
    await page.getByRole("heading", { name: "Build 418" }).waitFor();
    await text(page).waitFor();
    assert.equal(await page.locator(".offers").count(), 0, "there is no place for what there is not");
  },
);

claim("what was chosen for a build is still there in a new window", withBeta, BUILD, async (page) => {
  const afterOther = page.getByLabel("Submit 419 once 418 is reviewed");
  await afterOther.check();
  await text(page).fill("Half done");
  await page.reload();
  await eventually(async () => assert.equal(await text(page).inputValue(), "Half done"));
  assert.ok(await afterOther.isChecked());
});

claim("what was typed for a build stays while another one is open", withBeta, BUILD, async (page) => {
  await text(page).fill("Half done");
  await option(page, /^Build 418/).click();
  await page.getByRole("heading", { name: "Build 418" }).waitFor();
  await option(page, /^Build 419/).click();
  await eventually(async () => assert.equal(await text(page).inputValue(), "Half done"));
});

claim(
  "export compliance is asked once, and its answer goes with the plan",
  withBeta,
  `#/builds/${BIRDS}/b415`,
  async (page, engine) => {
    await shown(page, "Answer the encryption question first.").waitFor();
    await page.getByLabel("No encryption, or only exempt encryption").check();
    await step(page, "Beta App Review").getByLabel("Submit 415 once 418 is reviewed").check();
    await eventually(async () => assert.ok(await button(page, "Distribute 415").isEnabled()));
    await press(page, "Distribute 415");
    await eventually(() => assert.equal(asks(engine, "distribute").length, 1));
    const { usesNonExemptEncryption, rememberEncryption } = asks(engine, "distribute")[0].plan;
    assert.deepEqual([usesNonExemptEncryption, rememberEncryption], [false, true]);
    await option(page, /^Build 419/).click();
    await step(page, "Export compliance").getByText("No non-exempt encryption").waitFor();
    assert.equal(await page.getByLabel("No encryption, or only exempt encryption").count(), 0);
  },
);

claim("without an external group a build is not submitted", withBeta, BUILD, async (page, engine) => {
  await page.getByRole("checkbox", { name: /^Birders/ }).uncheck();
  const submit = page.getByRole("switch", { name: "Submit for Beta App Review" });
  await eventually(async () => assert.equal(await submit.getAttribute("aria-checked"), "false"));
  await press(page, "Distribute 419");
  await eventually(() => assert.equal(asks(engine, "distribute")[0]?.plan.review, "no"));
});

claim(
  "a plan for a build whose testers have everything already is not sent",
  withBeta,
  `#/builds/${BIRDS}/b416`,
  async (page) => {
    await shown(page, "Testers have all of this already.").waitFor();
    assert.equal(await button(page, "Distribute 416").isEnabled(), false);
    await text(page).fill("Try the map.");
    await eventually(async () => assert.ok(await button(page, "Distribute 416").isEnabled()));
  },
);

claim(
  "a plan that needs a decision offers what App Store Connect allows, and goes on with it",
  () => planned(),
  BUILD,
  async (page, engine) => {
    await shown(page, "Waiting for your decision.").waitFor();
    await step(page, "Beta App Review")
      .getByText("Apple reviews one build of a version at a time.")
      .waitFor();
    await press(page, "Submit 419 once 418 is reviewed");
    await shown(page, "Continues automatically.").waitFor();
    await press(page, "Change…");
    await press(page, "Cancel");
    assert.deepEqual(asks(engine, "decideDistribution"), [
      { id: 1, review: "afterOther", usesNonExemptEncryption: null },
    ]);
  },
);

claim(
  "a refused step says what to do, and is tried again where it stands",
  () => planned({ testInformation: false }),
  BUILD,
  async (page, engine) => {
    const review = step(page, "Beta App Review");
    await review.getByText("The app’s test information is incomplete.").waitFor();
    await review.getByText("Add a feedback email and a contact").waitFor();
    engine.beta.testInformation = true;
    await press(page, "Retry");
    await review.getByText("418 is waiting for review.").waitFor();
    assert.deepEqual(asks(engine, "retryDistribution"), [{ id: 1 }]);
  },
);

claim(
  "a plan is stopped, and can be made anew",
  () => planned(),
  BUILD,
  async (page, engine) => {
    await press(page, "Stop");
    await text(page).waitFor();
    assert.deepEqual(asks(engine, "stopDistribution"), [{ id: 1 }]);
    await page.getByLabel("Submit 419 once 418 is reviewed").waitFor();
  },
);

claim("a build is expired after one question", withBeta, `#/builds/${BIRDS}/b398`, async (page, engine) => {
  await press(page, "More for build 398");
  await page.getByRole("menuitem", { name: "Expire build…" }).click();
  await ask(page).getByText("Expire 3.1.1 (398)?").waitFor();
  await press(ask(page), "Expire build");
  await option(page, /^Build 398, Expired/).waitFor();
  assert.deepEqual(asks(engine, "expireBuild"), [{ ...OF, build: "b398" }]);
  await shown(page, /Upload a new one to continue testing/).waitFor();
});

claim(
  "older builds are expired together, and one that App Store Connect keeps is named",
  () => {
    const engine = withBeta();
    engine.beta.builds = engine.beta.builds.map((one) =>
      one.number === "409" ? { ...one, external: "IN_BETA_REVIEW" } : one,
    );
    return engine;
  },
  `#/builds/${BIRDS}/b415`,
  async (page, engine) => {
    await press(page, "More for build 415");
    await page.getByRole("menuitem", { name: "Expire older builds…" }).click();
    await ask(page).getByText("Expire 3 older builds?").waitFor();
    await press(ask(page), "Expire builds");
    await option(page, /^Build 412, Expired/).waitFor();
    await shown(page, /^Build 409 was not expired: the build is in review/).waitFor();
    assert.deepEqual(asks(engine, "expireOlderBuilds")[0].keep, ["b419", "b418", "b416", "b415", "b391"]);
  },
);

claim(
  "an app without builds says how the first one comes",
  () => withBeta(noBuilds()),
  "#/builds",
  async (page) => {
    await shown(page, "Drop an .ipa or .pkg here, or upload from Xcode.").waitFor();
  },
);
