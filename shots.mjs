import { chromium } from "@playwright/test";
const base = process.argv[2]; const pages = process.argv.slice(3);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium-headless-shell" });
for (const [w,h,scheme] of [[1440,900,"light"],[1440,900,"dark"],[1920,1080,"light"],[390,844,"light"],[390,844,"dark"]]) {
  const ctx = await browser.newContext({ viewport: { width: w, height: h }, colorScheme: scheme, reducedMotion: "reduce" });
  const page = await ctx.newPage();
  page.on("console", (m) => m.type()==="error" && console.log(w, scheme, m.text()));
  for (const p of pages) {
    await page.goto(base+p); await page.waitForTimeout(700);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over>0) console.log("SIDEWAYS", p, w, over);
    await page.screenshot({ path: `/tmp/v/rest-shots/${p.replaceAll("/","_")}-${w}-${scheme}.png`, fullPage: true });
  }
  await ctx.close();
}
await browser.close();
