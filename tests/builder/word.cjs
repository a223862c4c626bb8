// Word files of drafts: {data, states, folder} on standard input; writes 0.docx, 1.docx, … and gives the draft of each.
const fs = require("fs");
const path = require("path");
const vm = require("vm");
const [source, writer, library] = process.argv.slice(2);
const { data, states, folder } = JSON.parse(fs.readFileSync(0, "utf-8"));
const docx = require(library);
const window = {};
[source, writer].forEach((file) => vm.runInNewContext(fs.readFileSync(file, "utf-8").replace(/look\(([a-z]+) [a-z]+\)/g, (_, name) => (/^(ink|soft|link|panel)$/.test(name) ? "333333" : "Liberation Serif")), { window }));
const model = window.OTRDraft;
(async () => {
  const now = new Date(Date.UTC(2026, 10, 29));
  const out = [];
  for (const [index, state] of states.entries()) {
    const draft = model.assemble(data, { ...model.empty(), ...state });
    const blob = await window.OTRDocx.toBlob(docx, data, draft, now, "November 29, 2026");
    fs.writeFileSync(path.join(folder, `${index}.docx`), Buffer.from(await blob.arrayBuffer()));
    out.push([...draft.blocks, ...draft.closing].map((block) => ({ kind: block.kind, text: model.textOf(block.runs) })));
  }
  process.stdout.write(JSON.stringify(out));
})();
