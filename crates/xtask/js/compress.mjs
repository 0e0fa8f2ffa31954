// Writes a Brotli copy (quality 11) beside every file of a directory that compresses well.
// Usage: node compress.mjs DIRECTORY

import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const COMPRESSES = new Set([".css", ".html", ".js", ".json", ".svg", ".wasm", ".webmanifest"]);

// A deployment edits this one: an old copy beside it would be served in its place.
const EDITED = new Set(["config.json"]);

const compress = promisify(brotliCompress);
const directory = process.argv[2];

const files = (await readdir(directory, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && COMPRESSES.has(extname(entry.name)) && !EDITED.has(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

await Promise.all(
  files.map(async (file) => {
    const content = await readFile(file);
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    };
    await writeFile(`${file}.br`, await compress(content, { params }));
  }),
);
