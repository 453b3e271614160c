// Builds the window into `dist`, which the desktop shell embeds. Nothing is inlined into the page, so
// that it runs under a content security policy of `default-src 'self'`.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import browserslist from "browserslist";
import { browserslistToTargets } from "lightningcss";
import { defineConfig } from "vitest/config";

/** The oldest supported webviews: lightningcss rewrites light-dark() for them. */
const oldestWebviews = browserslist(["safari >= 16.4", "chrome >= 117"]);

export default defineConfig({
  plugins: [svelte()],
  css: { transformer: "lightningcss", lightningcss: { targets: browserslistToTargets(oldestWebviews) } },
  build: {
    target: ["safari16.4", "chrome117"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    // Plugin timings concern the bundler, and aren't warnings about this code.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  server: { port: 5173, strictPort: true },
  test: { include: ["src/**/*.test.ts"], environment: "node", setupFiles: ["vitest.setup.ts"] },
});
