// Runs policy-draft.js as a page does: {data, states} on standard input, the drafts on standard output.
const fs = require("fs");
const vm = require("vm");
const { data, states } = JSON.parse(fs.readFileSync(0, "utf-8"));
const window = {};
vm.runInNewContext(fs.readFileSync(process.argv[2], "utf-8"), { window });
const model = window.OTRDraft;
const plain = ({ kind, style, number, id, of, list, level, first, runs }) => ({ kind, style, number, id, of, list, level, first, runs });
process.stdout.write(JSON.stringify(states.map((state) => {
  const draft = model.assemble(data, { ...model.empty(), ...state });
  const { answers, blanks, conflicts } = draft;
  const papers = draft.papers.map((paper) => ({ title: paper.title, note: paper.note, blocks: paper.blocks.map(plain) }));
  return { answers, blanks, conflicts, papers, blocks: draft.blocks.map(plain) };
})));
