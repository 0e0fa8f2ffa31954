// Makes WebAssembly modules as small as they get, in place: what `wasm-opt -Oz` does, for many modules in one process.
// Starting wasm-opt takes seconds, and the app has dozens of parts.
// Usage: node shrink.mjs BINARYEN MODULE...

import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [, , library, ...files] = process.argv;
const { default: binaryen } = await import(pathToFileURL(library).href);

// What rustc emits by itself, so that no more and no less is read and written.
const NAMES = [
  "BulkMemory",
  "BulkMemoryOpt",
  "CallIndirectOverlong",
  "Multivalue",
  "MutableGlobals",
  "NontrappingFPToInt",
  "ReferenceTypes",
  "SignExt",
];
const features = NAMES.reduce((all, name) => {
  const feature = binaryen.Features[name];
  if (feature === undefined) {
    throw new Error(`This binaryen does not know ${name}.`);
  }
  return all | feature;
}, binaryen.Features.MVP);

binaryen.setOptimizeLevel(2);
binaryen.setShrinkLevel(2);

for (const file of files) {
  const module = binaryen.readBinary(await readFile(file));
  module.setFeatures(features);
  module.optimize();
  // The largest comes first, which everybody waits for. What is left to gain in the others is not worth the time.
  if (file === files[0]) {
    module.optimize();
  }
  await writeFile(file, module.emitBinary());
  module.dispose();
}
