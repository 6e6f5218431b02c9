import { defineConfig } from "vite";

// One file with a fixed name: whitenoise gives it its hash, and a page loads it with a plain <script defer>.
export default defineConfig({
  logLevel: "warn",
  build: {
    outDir: "../kambila/desk/static/bundle",
    emptyOutDir: true,
    copyPublicDir: false,
    modulePreload: false,
    rollupOptions: {
      input: "main.js",
      checks: { eval: false }, // htmx carries an eval that main.js switches off
      output: { format: "iife", entryFileNames: "htmx.js" },
    },
  },
});
