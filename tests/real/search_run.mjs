// Runs queries over the built index, without a browser: `node search_run.mjs search-words.js words.js < queries.json`.
// Standard input is a list of queries; standard output, for each, the first addresses found, whether it is covered, and how many
// milliseconds of the processor it took: that does not hang on what else the machine is doing.
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

const context = createContext({});
context.window = context;
for (const file of process.argv.slice(2)) runInContext(readFileSync(file, "utf8"), context);

const begun = performance.now();
const engine = context.OTR_WORDS.open(context.OTR_SEARCH);
const opened = performance.now() - begun;

const results = JSON.parse(readFileSync(0, "utf8")).map((query) => {
  const start = process.cpuUsage();
  const { hits, covered, unknown } = engine.find(query);
  const { user, system } = process.cpuUsage(start);
  const took = (user + system) / 1000;
  const found = hits.slice(0, 12).map(({ id, score, there, near }) => ({ ...engine.passage(id), score, there, near }));
  return { query, found, many: hits.length, covered, unknown, took };
});
process.stdout.write(JSON.stringify({ opened, results }));
