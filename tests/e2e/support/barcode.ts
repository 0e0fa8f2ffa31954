// Barcodes before a camera: a film of one, as Chromium's stand-in for a camera plays it.

import { writeFile } from "node:fs/promises";

/** The digits of an EAN as bars (1) and spaces (0), left of the middle in either parity and right of it. */
const ODD = "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011".split(" ");
const RIGHT = ODD.map((bars) => [...bars].map((bar) => (bar === "0" ? "1" : "0")).join(""));
const EVEN = RIGHT.map((bars) => [...bars].reverse().join(""));
/** The parities of the six digits left of the middle say the first digit. */
const PARITIES = "OOOOOO OOEOEE OOEEOE OOEEEO OEOOEE OEEOOE OEEEOO OEOEOE OEOEEO OEEOEO".split(" ");

const [WIDTH, HEIGHT, BAR] = [640, 480, 4];

/** The bars of a 13-digit EAN, from the first to the last. */
function bars(code: string): string {
  const digits = [...code].map(Number);
  const parity = PARITIES[digits[0] ?? 0] ?? "";
  const left = digits.slice(1, 7).map((digit, index) => (parity[index] === "O" ? ODD : EVEN)[digit]);
  const right = digits.slice(7).map((digit) => RIGHT[digit]);
  return ["101", ...left, "01010", ...right, "101"].join("");
}

/** Writes a film of `code`, held a little askew, to `path`: a Y4M file, which is frames of plain grey. */
export async function filmOf(code: string, path: string): Promise<void> {
  const drawn = bars(code);
  const grey = Buffer.alloc(WIDTH * HEIGHT, 235);
  for (let y = 60; y < HEIGHT - 60; y += 1) {
    const start = Math.floor((WIDTH - drawn.length * BAR) / 2 + y / 12 - 20);
    for (let x = 0; x < drawn.length * BAR; x += 1) {
      if (drawn[Math.floor(x / BAR)] === "1") {
        grey[y * WIDTH + start + x] = 30;
      }
    }
  }
  const colours = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frame = Buffer.concat([Buffer.from("FRAME\n"), grey, colours]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  await writeFile(path, Buffer.concat([head, ...Array.from({ length: 10 }, () => frame)]));
}
