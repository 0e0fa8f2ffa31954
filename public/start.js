// Starts the app. The build fills in the names and the integrity, and gives this file its digest.

import init from "__LOADER__";

try {
  const response = fetch("__WASM__", { credentials: "same-origin", integrity: "__WASM_INTEGRITY__" });
  await init({ module_or_path: response });
  document.documentElement.dataset.boot ??= "started";
} catch (error) {
  document.documentElement.dataset.cause ??= `__WASM__: ${error}`;
  document.documentElement.dataset.boot = "failed";
  throw error;
}
