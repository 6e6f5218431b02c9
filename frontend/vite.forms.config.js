import { defineConfig } from "vite";

import { lighter } from "./engine.js";

// Forms in the browser: modules of their own, so that no other page loads the engine, and the map only when it is opened.
// Entries have fixed names; the parts that they share are named by their content.
export default defineConfig({
  logLevel: "warn",
  base: "./",
  plugins: [lighter],
  build: {
    outDir: "../kambila/desk/static/bundle/forms",
    emptyOutDir: true,
    copyPublicDir: false,
    modulePreload: false,
    target: "es2022",
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      checks: { eval: false }, // the engine carries one for hosts without a policy; ours forbids it, and it is never reached
      input: {
        draw: "map/draw.js", fill: "forms/fill.js", list: "forms/list.js", page: "map/page.js", session: "forms/session.js",
        worker: "forms/worker.js",
      },
      output: {
        format: "es",
        entryFileNames: "[name].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
