// What the printed module tells of each day on the input, as JSON lines, and with the page's own figures.
// node trace.mjs MODULE FIGURES: the module; the file with `peopleOf`, `signed` and `times`.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const trace = await import(pathToFileURL(process.argv[2]));
const { peopleOf, signed, times } = await import(pathToFileURL(process.argv[3]));
const each = (numbers, write) => Object.fromEntries(Object.entries(numbers).map(([key, one]) => [key, write(one)]));
for (const line of fs.readFileSync(0, "utf-8").trim().split("\n")) {
  const [story, given] = JSON.parse(line);
  const told = trace.tell(story, given);
  const written = {
    terms: each(told.terms, times),
    causes: each(told.causes, times),
    shares: each(told.shares, (share) => signed(share, 1)),
  };
  console.log(JSON.stringify({ ...told, whole: peopleOf(told, trace), written }));
}
