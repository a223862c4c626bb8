// Runs the page's pure functions: {data, states} on standard input, what they make of each on standard output.
const fs = require("fs");
const vm = require("vm");
const [source] = process.argv.slice(2);
const { data, states } = JSON.parse(fs.readFileSync(0, "utf-8"));
const window = {};
vm.runInNewContext(fs.readFileSync(source, "utf-8"), { window });
const model = window.OTRDraft;
const out = states.map((state) => {
  const draft = model.assemble(data, { ...model.empty(), ...state });
  const blocks = [...draft.blocks, ...draft.closing].map((block) => ({ kind: block.kind, number: block.number, of: block.of, list: block.list, level: block.level, text: model.textOf(block.runs), blanks: block.runs.filter((run) => run.blank).map((run) => run.blank) }));
  return {
    answers: draft.answers,
    clauses: draft.clauses.map((clause) => clause.id),
    numbers: draft.numbers,
    blanks: draft.blanks,
    places: draft.places,
    left: draft.left.map((clause) => clause.id),
    notes: draft.notes.map((note) => note.index),
    form: draft.form,
    expected: model.expected(data, draft.answers),
    conflicts: draft.conflicts,
    policy: draft.blocks.map((block) => ({ kind: block.kind, style: block.style, number: block.number, of: block.of, text: model.textOf(block.runs), blanks: block.runs.filter((run) => run.blank).map((run) => run.blank) })),
    papers: draft.papers.map((paper) => ({ id: paper.id, title: paper.title, note: paper.note, text: paper.blocks.map((block) => model.textOf(block.runs)) })),
    unanswered: draft.unanswered.map((question) => question.id),
    because: Object.fromEntries(draft.clauses.map((clause) => [clause.id, model.because(data, clause, draft.answers)])),
    blocks,
    markdown: model.toMarkdown(draft, "November 22, 2026"),
  };
});
process.stdout.write(JSON.stringify(out));
