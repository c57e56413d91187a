// The demo as its people use it: read, search, keyboard, permalinks, no script, a hostile account, the report.
// Run by `cargo xtask test`: node demo.mjs STEMMA CHROMIUM
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [stemma, executablePath] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "stemma-browser-"));
const file = join(folder, "demo.stemma");
const printed = execFileSync(stemma, ["demo", "--no-serve", "--case", file], { encoding: "utf8" });
assert.match(printed, /^5 documents, 4 origins/);

/** Serves a case and gives its address. */
function serve(path) {
  const server = spawn(stemma, ["serve", path, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((done) => server.stdout.on("data", (words) => done([server, /http:\S+\//.exec(words)[0]])));
}

const [server, base] = await serve(file);
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});
let tests = 0;
/** Runs one test on a fresh page; a message on the console fails it. */
async function test(name, body, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const errors = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));
  await body(page);
  assert.deepEqual(errors, [], name);
  await context.close();
  tests += 1;
  console.log(`ok ${name}`);
}

try {
  const pages = ["", "origins", "points", "actors", "places", "places?view=world&since=2019-03-01", "search?q=state+of+emergency", "trace?passage=the+whole+of+it", "says", "timeline", "blame", "points?kind=date&verdict=conflict", "search?q=gas&since=2022-01-01", "method", "d/002", "compare/000..001", "compare/000..001..002"];
  await test("every page is small, says it is a summary, and passes axe", async (page) => {
    for (const path of pages) {
      const answer = await page.goto(base + path);
      assert.equal(answer.status(), 200, path);
      assert.ok((await answer.body()).length < 100_000, `${path} is under 100 KB`);
      assert.match(await page.textContent(".summary-note"), /our summaries, not the accounts’ own words/);
      assert.equal(await page.locator("h1").count(), 1, path);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run());
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html}`), [], path);
    }
  });

  await test("pages and JSON agree", async (page) => {
    await page.goto(base);
    assert.equal(await page.textContent("h1"), "5 documents, 4 origins");
    const json = await (await page.request.get(`${base}case.json`)).json();
    assert.deepEqual([json.documents, json.origins, Math.min(json.points, 10)], [5, 4, await page.locator(".point").count()]);
    const origins = await (await page.request.get(`${base}origins.json`)).json();
    assert.equal(origins.rows[0].documents.length, 2);
    // Two copies of one text hang under the text that one of them names; nobody here has it.
    const { nodes, steps } = origins.rows[0].stemma;
    assert.deepEqual(nodes.map((node) => [node.documents.length, node.unobserved]), [[2, false], [0, true]]);
    assert.deepEqual([steps[0].parent, steps[0].child], [1, 0]);
    await page.goto(`${base}origins`);
    assert.equal(await page.locator("svg .unobserved").count(), 1);
  });

  await test("a reading opens its sentence", async (page) => {
    await page.goto(`${base}points`);
    const words = await page.locator(".point .here").first().textContent();
    await page.locator(".point a.quote").first().click();
    assert.ok((await page.textContent("#hit")).includes(words));
  });

  await test("every letter opens its own words", async (page) => {
    for (const path of ["points", "says", "actors", "places", "timeline", "blame", "search?q=state+of+emergency"]) {
      await page.goto(base + path);
      const addresses = await page.locator("main .sigil a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
      const loose = addresses.filter((address) => !/^\/d\/\w+\?s=\d+-\d+#hit$/.test(address) && !/^\/origins#o\d+$/.test(address));
      assert.deepEqual(loose, [], path);
    }
    // Two copies of one origin stand there as one, each with its own place.
    await page.goto(`${base}points`);
    assert.match((await page.locator(".point .sigil").allTextContents()).join(" "), /\w=\w/);
  });

  await test("points are chosen in the address, and those told in like words are folded away", async (page) => {
    await page.goto(`${base}points`);
    assert.equal(await page.locator("details.alike").evaluate((details) => details.open), false);
    const json = await (await page.request.get(`${base}points.json?kind=date`)).json();
    assert.deepEqual([...new Set(json.map((point) => point.kind))], ["date"]);
    await page.goto(`${base}points?kind=date`);
    assert.equal(await page.locator(".point").count(), json.length);
    assert.equal((await page.request.get(`${base}points?kind=none`)).status(), 400);
    await page.goto(`${base}points?from=5`);
    assert.equal(await page.locator(".pager a[rel=prev]").getAttribute("href"), "/points");
  });

  await test("a pasted passage stands in no address, and leads to its points", async (page) => {
    await page.goto(`${base}points?kind=quantity`);
    const sentence = await page.locator(".point a.quote").first().textContent();
    await page.goto(`${base}trace`);
    await page.fill("#passage", `${sentence} ${"x ".repeat(20_000)}`);
    await page.click("form.trace button");
    await page.waitForLoadState();
    assert.equal(page.url(), `${base}trace`);
    await page.locator(".hit h3 a").first().click();
    await page.waitForURL(/points.*#/);
    assert.equal(await page.locator(".point:target").count(), 1);
    const foreign = await page.request.post(`${base}trace`, { form: { passage: "x" }, headers: { "sec-fetch-site": "cross-site" } });
    assert.equal(foreign.status(), 400);
  });

  await test("an account leads to its points", async (page) => {
    await page.goto(`${base}points`);
    await page.locator(".point a.quote").first().click();
    await page.waitForURL(/\/d\//);
    await page.locator(".rail [aria-current] a").first().click();
    await page.waitForURL(/points.*#/);
    assert.equal(await page.locator(".point:target").count(), 1);
  });

  await test("the keyboard walks, searches and helps", async (page) => {
    await page.goto(`${base}d/002`);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    const second = await page.evaluate(() => document.activeElement.classList.contains("passage"));
    assert.ok(second, "j moves to a passage");
    await page.keyboard.press("n");
    assert.ok(await page.evaluate(() => document.activeElement.matches(".q, .t, mark")), "n moves to a mark");
    await page.keyboard.press("?");
    assert.ok(await page.locator("dialog.keys").isVisible());
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await page.keyboard.type("peacekeepers");
    await page.keyboard.press("Enter");
    await page.waitForURL(/search\?q=peacekeepers/);
    assert.ok((await page.locator(".hits li").count()) > 0);
  });

  await test("a permalink in code points selects the words", async (page) => {
    const { text, id } = await (await page.request.get(`${base}d/002.json`)).json();
    const at = [...text].join("").indexOf("silent coup");
    const start = [...text.slice(0, at)].length;
    await page.goto(`${base}d/${id}#s=${start}-${start + 11}`);
    await page.waitForFunction(() => getSelection().toString() === "silent coup");
  });

  await test("everything reads without JavaScript", async (page) => {
    for (const path of pages) await page.goto(base + path);
    await page.goto(`${base}search?q=%22state+of+emergency%22`);
    await page.locator(".hits a.quote").first().click();
    assert.equal((await page.textContent("#hit")).toLowerCase(), "state of emergency");
  }, { javaScriptEnabled: false });

  await test("pages read in the dark, on a small screen and on paper", async (page) => {
    for (const path of ["", "d/002", "points", "places", "actors", "says", "timeline", "blame", "search?q=gas", "compare/000..001"]) {
      await page.goto(base + path);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${path} needs no sideways scrolling, ${wide} too wide`);
    }
    await page.emulateMedia({ media: "print" });
    assert.ok(!(await page.locator(".top nav").isVisible()));
  }, { colorScheme: "dark", viewport: { width: 390, height: 800 } });

  await test("a foreign host is refused", async () => {
    const status = await new Promise((done) => {
      http.get(base, { headers: { host: "evil.example" } }, (answer) => { answer.resume(); done(answer.statusCode); });
    });
    assert.equal(status, 421);
  });

  await test("a hostile account is text", async (page) => {
    const hostile = join(folder, "hostile.txt");
    writeFileSync(hostile, "A Head <script>window.taken = 1</script>\n\nWords <img src=x onerror=\"window.taken = 1\"> of 5 men on January 5.\n");
    const other = join(folder, "hostile.stemma");
    execFileSync(stemma, ["add", other, hostile]);
    const [second, address] = await serve(other);
    for (const path of ["", "d/hostile", "search?q=words", "points", "origins"]) {
      await page.goto(address + path);
      assert.equal(await page.evaluate(() => window.taken), undefined, path);
    }
    await page.goto(`${address}d/hostile`);
    assert.match(await page.textContent(".text"), /<script>window\.taken = 1<\/script>/);
    second.kill();
  });

  await test("the report stands alone", async (page) => {
    const report = join(folder, "report.html");
    execFileSync(stemma, ["report", file, "-o", report], { stdio: "ignore" });
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`file://${report}`);
    assert.equal(await page.locator("h1").first().textContent(), "5 documents, 4 origins");
    assert.equal(asked.length, 1, "nothing else is loaded");
    const broken = await page.evaluate(() =>
      [...document.querySelectorAll("a[href^='#']")].map((a) => a.getAttribute("href").slice(1)).filter((id) => !document.getElementById(id)));
    assert.deepEqual(broken, []);
  });
  console.log(`${tests} passed, 0 failed`);
} finally {
  await browser.close();
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
