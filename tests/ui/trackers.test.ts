// Trackers in the settings: adding one with a token, replacing the token, and problems with their fixes.
import assert from "node:assert/strict";
import { asks, button, claim, isGone, press } from "./claims.ts";
import { noTrackers, tracker, WRONG_TOKEN } from "./fake-engine/trackers.ts";
import { giveToken, revoked, threeTrackers, TRACKERS } from "./issues-scenarios.ts";
import { command } from "./palette-scenarios.ts";
import { tunnelled } from "./tunnel-scenarios.ts";
import { eventually, shown } from "./window.ts";

const TOKEN = "github_pat_11A";
const none = () => tunnelled();
const three = () => tunnelled(undefined, { tracking: { ...noTrackers(), trackers: threeTrackers() } });

claim(
  "a token is checked, and only then one chooses what it reaches",
  none,
  TRACKERS,
  async (page, engine) => {
    await press(page, "Add tracker");
    const form = page.getByRole("dialog", { name: "Add tracker" });
    await form.getByText("read and write access to Issues and Contents").waitFor();
    await press(form, "Check token");
    await form.getByText("Paste the token.").waitFor();
    assert.equal(engine.count("trackerPlaces"), 0);
    await giveToken(page, WRONG_TOKEN);
    await form.getByText("The token is wrong, expired or revoked.").waitFor();
    assert.equal(await form.getByLabel("Personal access token").getAttribute("aria-invalid"), "true");
    assert.equal(await form.getByLabel("Repository").count(), 0);
    await giveToken(page, TOKEN);
    await form.getByText("It belongs to mira-halden.").waitFor();
    await form.getByLabel("Repository").selectOption("halden/tidewater");
    await form.getByLabel("Add a label").fill("testflight");
    await page.keyboard.press("Enter");
    await form.getByRole("button", { name: "Remove testflight" }).waitFor();
    await form.getByLabel("Assignee").selectOption("mira-halden");
    await form.getByLabel("Title", { exact: true }).fill("{{ app.name }}: {{ feedback.comment }}");
    await press(form, "Add tracker");
    await isGone(form);
    await page.getByRole("list", { name: "Trackers" }).getByText("halden/tidewater").waitFor();
    assert.deepEqual(asks(engine, "addTracker"), [
      {
        access: { service: "github", url: null, email: null, token: TOKEN, allowPrivateNetwork: false },
        place: "halden/tidewater",
        issueType: null,
        settings: {
          apps: [],
          labels: ["testflight"],
          assignee: { id: "mira-halden", name: "mira-halden" },
          title: "{{ app.name }}: {{ feedback.comment }}",
          body: null,
          includeTester: false,
        },
      },
    ]);
  },
);

claim(
  "another token forgets what the one before reached, however late its reply is",
  none,
  TRACKERS,
  async (page, engine) => {
    await press(page, "Add tracker");
    const places = engine.hold("trackerPlaces");
    const form = await giveToken(page, TOKEN);
    await places.until(1);
    await form.getByLabel("Personal access token").fill("github_pat_22B");
    places.end();
    await giveToken(page, "github_pat_22B");
    await form.getByLabel("Repository").waitFor();
    assert.deepEqual(
      asks(engine, "trackerPlaces").map(({ token }) => token),
      [TOKEN, "github_pat_22B"],
    );
    await form.getByLabel("Linear").check();
    await isGone(form.getByLabel("Repository"));
    await form.getByText("Read and Create issues").waitFor();
  },
);

claim(
  "Jira is told which type of issue, and what it requires is said",
  none,
  TRACKERS,
  async (page, engine) => {
    engine.otherwise.trackerChoices = ({ issueType }) => ({
      labels: [],
      people: [],
      issueTypes: [
        { id: "1", name: "Epic" },
        { id: "2", name: "Bug" },
      ],
      demanded: issueType === "1" ? ["Epic Name"] : [],
    });
    await press(page, "Add tracker");
    const form = page.getByRole("dialog", { name: "Add tracker" });
    await form.getByLabel("Jira").check();
    await form.getByLabel("Site").fill("https://halden.atlassian.net");
    await press(form, "Check token");
    await form.getByText("Enter your email address.").waitFor();
    await form.getByLabel("Email").fill("mira@halden.example");
    await form.getByLabel("API token").fill("ATATT");
    await press(form, "Check token");
    const type = form.getByLabel("Issue type");
    await eventually(async () => assert.equal(await type.inputValue(), "2"));
    await type.selectOption("1");
    await form.getByText("Jira requires Epic Name for this type").waitFor();
    assert.ok(await button(form, "Add tracker").isDisabled());
    await type.selectOption("2");
    await isGone(form.getByText("Jira requires"));
    await press(form, "Add tracker");
    await isGone(form);
    assert.equal(asks(engine, "addTracker")[0].issueType, "2");
  },
);

claim(
  "a revoked token is said at its tracker, and a new one ends that",
  () => tunnelled(undefined, { tracking: { ...noTrackers(), trackers: [tracker({ trouble: revoked })] } }),
  TRACKERS,
  async (page, engine) => {
    await shown(page, "Give the tracker a new one.").waitFor();
    await press(page, "New token…");
    const form = page.getByRole("dialog", { name: "New token" });
    await form.getByLabel("Personal access token").fill(WRONG_TOKEN);
    await press(form, "Save in keychain");
    await form.getByText("Bad credentials").waitFor();
    await form.getByLabel("Personal access token").fill(TOKEN);
    await press(form, "Save in keychain");
    await isGone(form);
    await isGone(shown(page, "Give the tracker a new one."));
    assert.deepEqual(
      asks(engine, "renewTrackerToken").map(({ token }) => token),
      [WRONG_TOKEN, TOKEN],
    );
  },
);

claim(
  "a tracker is checked, changed, and removed after saying what stays",
  three,
  TRACKERS,
  async (page, engine) => {
    const list = page.getByRole("list", { name: "Trackers" });
    await press(list.getByRole("listitem").first(), "Check");
    await shown(page, "The token works, and issues can be filed here.").waitFor();
    await press(page, "More for halden/backyard-birds");
    await page.getByRole("menuitem", { name: "Change…" }).click();
    const form = page.getByRole("dialog", { name: "Change tracker" });
    await press(form, "Remove bug");
    await form.getByLabel("Include the tester’s name and email").check();
    await press(form, "Save");
    await isGone(form);
    const [{ settings }] = asks(engine, "changeTracker");
    assert.deepEqual([settings.labels, settings.includeTester], [["testflight"], true]);
    await press(page, "More for halden/backyard-birds");
    await page.getByRole("menuitem", { name: "Remove…" }).click();
    const ask = page.getByRole("alertdialog", { name: "Remove “halden/backyard-birds”?" });
    await ask.getByText("Issues in halden/backyard-birds stay on GitHub.").waitFor();
    await press(ask, "Remove tracker");
    await isGone(ask);
    assert.deepEqual(asks(engine, "removeTracker"), [{ id: 1 }]);
    await isGone(list.getByText("halden/backyard-birds"));
  },
);

claim(
  "a template that is refused is told at its field, and nothing typed is lost",
  three,
  TRACKERS,
  async (page, engine) => {
    engine.fail("changeTracker", "invalidInput", "“app.nam” is no name", "use one of the list", "title");
    await press(page, "More for halden/backyard-birds");
    await page.getByRole("menuitem", { name: "Change…" }).click();
    const form = page.getByRole("dialog", { name: "Change tracker" });
    await press(form, "Insert a name into Title");
    await page.getByRole("dialog", { name: "Insert a name" }).getByText("the app’s name").click();
    const title = form.getByLabel("Title", { exact: true });
    await eventually(async () => assert.equal(await title.inputValue(), "{{ app.name }}"));
    await press(form, "Save");
    await form.getByText("“app.nam” is no name.").waitFor();
    assert.equal(await title.getAttribute("aria-invalid"), "true");
    assert.equal(await title.inputValue(), "{{ app.name }}");
  },
);

claim("the palette leads to the form of a new tracker", none, "#/inbox", async (page) => {
  await page.getByRole("option").first().waitFor();
  await command(page, "Add tracker…");
  await page.getByRole("dialog", { name: "Add tracker" }).waitFor();
  await page.keyboard.press("Escape");
  await isGone(page.getByRole("dialog"));
  assert.match(page.url(), /#\/settings\/trackers$/);
});
