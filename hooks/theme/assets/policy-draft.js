// From answers to a policy: pure functions over the data of policy-builder-data.js. Nothing here touches the page.
// A draft is a list of blocks {kind, runs, …}; preview, Markdown and Word file are written from the same blocks.
window.OTRDraft = (function () {
  "use strict";

  const AGENCY = "agency-name"; // The blank that also stands in the title.
  const BOARD = "governing-body"; // The blank for whoever adopts the policy.
  const COUNSEL = "counsel";
  const FORM = "form";
  const TITLES = { full: "Social media policy", short: "Social media policy", rule: "Comment rule" };

  // ---- Conditions: alternatives, of which one must hold; each wants one of its options for every question it names.
  const holds = (when, answers) =>
    !when.length || when.some((item) => Object.entries(item).every(([name, options]) => (answers[name] || []).some((option) => options.includes(option))));

  // The answers that count: to questions that are asked, with options that are offered.
  function counted(data, given) {
    const answers = {};
    data.questions.forEach((question) => {
      if (!holds(question.when, answers)) return;
      const offered = question.options.filter((option) => holds(option.when, answers)).map((option) => option.id);
      if (!offered.length) return;
      const own = (given[question.id] || []).filter((option) => offered.includes(option));
      const chosen = own.length || !question.default ? own : [question.default];
      answers[question.id] = question.several ? chosen : chosen.slice(0, 1);
    });
    return answers;
  }

  const formOf = (answers) => (answers[FORM] || [])[0] || "full";
  const asked = (data, answers) => data.questions.filter((question) => question.id in answers);
  // How many questions a reader answers: those that are asked, and those that an answer still to come may bring.
  function expected(data, answers) {
    const ids = new Set();
    const open = (when) => !when.length || when.some((item) => Object.entries(item).every(([name, options]) => ids.has(name) && (!(answers[name] || []).length || answers[name].some((option) => options.includes(option)))));
    data.questions.forEach((question) => {
      if (open(question.when) && question.options.some((option) => open(option.when))) ids.add(question.id);
    });
    return data.questions.filter((question) => ids.has(question.id) && !question.several).length;
  }
  const unanswered = (data, answers) => asked(data, answers).filter((question) => !question.several && !answers[question.id].length);

  // ---- Text, blank, text, …: as pages/blanks.py does it. A blank may hold blanks: the outermost brackets are its ends.
  function splitBlanks(text) {
    const pieces = [""];
    let start = 0;
    let depth = 0;
    [...text].forEach((sign, index, all) => {
      if (sign === "[") {
        depth += 1;
        if (depth === 1) start = index;
      } else if (sign === "]" && depth) {
        depth -= 1;
        if (!depth) {
          pieces.push(all.slice(start + 1, index).join(""), "");
          return;
        }
      }
      if (!depth) pieces[pieces.length - 1] += sign;
    });
    if (depth) pieces[pieces.length - 1] += [...text].slice(start).join("");
    return pieces;
  }

  const list = (items) => (items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`);

  // What answers fill a blank with; undefined where none does, "" where they strike it.
  function filling(data, answers, field) {
    const values = data.fills.filter((fill) => fill.field === field && holds(fill.when, answers)).map((fill) => fill.value);
    if (values.length) return list(values.filter(Boolean));
    // A figure that the clause proposes stands as it is.
    const own = data.fields.find((item) => item.id === field);
    return own && own.figure ? own.offers[0] : undefined;
  }

  // The value of a blank at a place: what the reader wrote for it there, or everywhere, or else what the answers say.
  function valueOf(data, state, answers, field, clause) {
    for (const key of [`${field}@${clause}`, field]) {
      if (key in state.values) return state.values[key] === null ? "" : state.values[key];
    }
    return filling(data, answers, field);
  }

  // ---- Names: the body, and who holds a role
  // “the Village of Alder”, “the Alder Central School District”; “Alder County” and what begins with an article stay as they are.
  function withArticle(name) {
    if (/^(the|a|an) /i.test(name)) return name;
    return /^(Village|Town|City|County|Office|Department|Board|Division|Bureau|Borough) of /.test(name) || /(District|Authority|Department|Agency|Library|BOCES|Commission|Office|Corporation|Services)$/.test(name) ? `the ${name}` : name;
  }
  // Until the body is named its kind stands in brackets, after the article that its name will have.
  function unnamed(context) {
    const words = context.body.unnamed || "agency";
    return { words, article: withArticle(words) === words ? "" : "the " };
  }
  // What the chosen kind of body says of itself: its noun, what stands for its name, whether one officer adopts.
  const bodyOf = (data, answers) => data.questions.flatMap((question) => question.options.filter((item) => item.noun && (answers[question.id] || []).includes(item.id)))[0] || {};
  // A name, a comma and a title is the title with its article wherever it stands again.
  const titleOf = (value) => (/^[^,]+, ./.test(value) ? `the ${value.replace(/^[^,]+, (the )?/, "")}` : value);
  const holder = (context, role) => {
    const value = valueOf(context.data, context.state, context.answers, `role:${role}`, "");
    return value && splitBlanks(value).length === 1 ? value : "";
  };
  const vowel = (word) => /^[aeiou]/i.test(word);

  // The words of a clause with the body's own name, counsel's, and in a short policy those of who holds each role.
  function spoken(text, before, context) {
    let out = text;
    const put = (pattern, made) => {
      out = out.replace(pattern, (...found) => {
        const at = found[found.length - 2];
        const words = made(found);
        return words && (beginsSentence(before + out.slice(0, at), context.inList) || /^[A-Z]/.test(found[0])) ? raised(words) : words;
      });
    };
    const { noun } = context.body;
    if (noun) {
      out = out.replace(/\b([Aa])n (?=agency\b)/g, (_, a) => (vowel(noun) ? `${a}n ` : `${a} `)).replace(/\b[Aa]gency(?!-)\b/g, noun);
    }
    if (context.counsel) put(/\b[Cc]ounsel\b(?! or\b)/g, () => context.counsel);
    if (context.form !== "full") {
      context.called.forEach(({ words, title }) => {
        put(new RegExp(`\\b(?:[Aa]|[Aa]n|[Tt]he|[Ee]ach) ${words}\\b(?!,)`, "g"), () => title);
      });
    }
    return out;
  }

  // ---- Runs
  const textOf = (runs) => runs.map((run) => run.text).join("");

  // Words that a strike left apart are drawn together: no space at either end, none doubled, none before a point.
  function tidy(runs) {
    const out = [];
    runs.forEach((run) => {
      let { text } = run;
      const before = out[out.length - 1];
      if (!before || before.text.endsWith(" ")) text = text.replace(/^ +/, "");
      if (/^[.,;:]/.test(text) && before?.text.endsWith(" ")) before.text = before.text.replace(/ +$/, "");
      text = text.replace(/ {2,}/g, " ").replace(/ ([.,;:])/g, "$1");
      if (text) out.push({ ...run, text });
    });
    const last = out[out.length - 1];
    if (last) last.text = last.text.replace(/ +$/, "");
    return out.filter((run) => run.text);
  }

  const beginsSentence = (before, inList) => (before ? /[.!?:]["”’)]* $/.test(before) && !/[;:] $/.test(before) : !inList);
  const raised = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  // A filling as runs: what it still holds in brackets are blanks of their own.
  function filled(text, key, mark, context) {
    return splitBlanks(text).flatMap((piece, index) => {
      if (index % 2 === 0) return piece ? [{ text: piece, mark }] : [];
      const inner = `${key}/${(index - 1) / 2}`;
      const value = context.state.values[inner];
      if (value) return [{ text: value, mark }];
      if (value === null) return [];
      context.open(inner, piece, key);
      return [{ text: `[${piece}]`, mark, blank: inner }];
    });
  }

  function reference(index, words, context) {
    const numbers = context.data.references[index].filter((id) => context.numbers[id]).map((id) => ({ id, number: context.numbers[id] }));
    const key = `ref:${index}`;
    if (!numbers.length) {
      const value = context.state.values[key];
      if (value !== undefined) return value ? [{ text: value }] : [];
      context.open(key, words, "");
      return [{ text: `[${words}]`, blank: key }];
    }
    const runs = [{ text: numbers.length > 1 ? "sections " : "section " }];
    numbers.forEach((target, i) => {
      if (i) runs.push({ text: i === numbers.length - 1 ? " and " : ", " });
      runs.push({ text: target.number, to: target.id });
    });
    return runs;
  }

  // A short policy gives an office its full name once, and then says “the Clerk”, “the Attorney”, “the President”.
  function named(text, context) {
    if (context.form !== "short" || !context.body.noun) return text;
    return text.replace(new RegExp(`\\b([Tt]he) (?:${context.body.noun}|Board) (Clerk|Attorney|Director|President)\\b`, "g"), (whole, article, office) => {
      const before = context.offices.has(office);
      context.offices.add(office);
      return before ? `${article} ${office}` : whole;
    });
  }

  function runsOf(block, clause, context) {
    let out = [];
    context.inList = Boolean(block.list);
    block.runs.forEach((run) => {
      if (run.p !== undefined && !holds(clause.parts[run.p], context.answers)) return;
      if (!run.f) {
        out.push({ text: spoken(run.t, textOf(out), context), mark: run.m, href: run.h });
        return;
      }
      let made;
      if (run.f.startsWith("ref:")) made = reference(Number(run.f.slice(4)), run.t, context);
      else {
        let value = valueOf(context.data, context.state, context.answers, run.f, clause.id);
        // Who holds a role in a full policy differs from account to account: the paper names a person.
        if (context.unnamed && run.f.startsWith("role:")) value = undefined;
        if (value === undefined && run.f === AGENCY) {
          const { article, words } = unnamed(context);
          if (!article && out.length) out[out.length - 1].text = out[out.length - 1].text.replace(/\bthe $/, "");
          context.open(AGENCY, words, AGENCY);
          made = [{ text: `[${words}]`, mark: run.m, blank: AGENCY }];
        } else if (value === undefined) {
          const words = spoken(run.t, textOf(out), context);
          context.open(run.f, words, run.f);
          made = [{ text: `[${words}]`, mark: run.m, blank: run.f }];
        } else {
          if (run.f === AGENCY) {
            value = withArticle(value);
            // “The [Village of name]” filled with “Alder County”: a name without an article takes none.
            if (!/^the /i.test(value) && out.length) out[out.length - 1].text = out[out.length - 1].text.replace(/\bthe $/, "");
          }
          if (run.f.startsWith("role:")) value = titleOf(value);
          // “The [mayor]” filled with “the Mayor”: one article is enough.
          if (/\b(the|a|an) $/i.test(textOf(out))) value = value.replace(/^(the|a|an) /i, "");
          // The title of counsel may itself hold the word.
          made = filled(value, run.f, run.m, context).map((own) => (own.blank || run.f === COUNSEL ? own : { ...own, text: spoken(own.text, textOf(out), context) }));
        }
      }
      if (made.length && !made[0].blank && beginsSentence(textOf(out), Boolean(block.list))) made[0] = { ...made[0], text: raised(made[0].text) };
      out.push(...made);
    });
    return tidy(out).map((run) => ({ ...run, text: named(run.text, context) }));
  }

  // A list of which the last items are gone ends as a list does: “…; or”, then a full stop.
  function ended(blocks, whole) {
    const word = whole.map((block) => /; (or|and)$/.exec(block.runs.map((run) => run.t).join(""))).find(Boolean);
    if (!word) return;
    let run = [];
    const close = () => {
      run.forEach((block, index) => {
        const last = block.runs[block.runs.length - 1];
        const end = index === run.length - 1 ? "." : index === run.length - 2 ? `; ${word[1]}` : ";";
        if (!last.blank && (index < run.length - 1 || /(; (or|and)|;)$/.test(last.text))) last.text = last.text.replace(/(; (or|and)|[;.])$/, "") + end;
      });
      run = [];
    };
    blocks.forEach((block) => (block.kind === "li" ? run.push(block) : close()));
    close();
  }

  const textsOf = (clause, form) => (form === "short" && clause.short && clause.short.length ? clause.short : clause.blocks);

  function blocksOf(clause, context) {
    const blocks = [];
    const counters = [];
    const own = textsOf(clause, context.form);
    own.forEach((block, index) => {
      const runs = runsOf(block, clause, context);
      if (!runs.length) return;
      if (!block.list) {
        counters.length = 0;
        blocks.push({ kind: "p", runs });
        return;
      }
      const before = own[index - 1];
      const level = block.level;
      counters.length = level + 1;
      const same = before?.list && counters[level] !== undefined;
      counters[level] = same ? counters[level] + 1 : 1;
      blocks.push({ kind: "li", list: block.list, level, number: counters[level], first: !same, runs });
    });
    ended(blocks, own);
    return blocks;
  }

  // ---- The draft
  function chosenClauses(data, state, answers) {
    return data.clauses.filter((clause) => (state.more.includes(clause.id) || holds(clause.when, answers)) && !state.out.includes(clause.id));
  }

  // In which sections the clauses stand: of the elements, of a few for a short policy, or each alone in a comment rule.
  function arranged(data, clauses, form) {
    if (form === "rule") return clauses.map((clause) => ({ id: clause.id, label: clause.title, clauses: [clause], alone: true }));
    const groups = form === "short" && data.groups.length ? data.groups : data.sections.map((section) => ({ ...section, topics: [section.id] }));
    return groups.map((group) => ({ id: group.id, label: group.label, clauses: clauses.filter((clause) => group.topics.includes(clause.section)) })).filter((section) => section.clauses.length);
  }

  function assemble(data, state) {
    const answers = counted(data, state.answers);
    const form = formOf(answers);
    const clauses = chosenClauses(data, state, answers);
    const numbers = {};
    const sections = arranged(data, clauses, form).map((section, index) => ({ ...section, number: String(index + 2) })); // The first section is on roles.
    sections.forEach((section) => section.clauses.forEach((clause, index) => { numbers[clause.id] = section.alone ? section.number : `${section.number}.${index + 1}`; }));
    const blanks = new Map();
    const fields = new Map(data.fields.map((field) => [field.id, field]));
    const context = { data, state, answers, numbers, form, place: "", body: bodyOf(data, answers), inList: false, offices: new Set() };
    context.open = (key, words, parent) => {
      if (!blanks.has(key)) {
        const field = fields.get(key);
        const of = fields.get(parent);
        const label = field ? field.label : of && key !== parent ? of.label || `${of.before}[…]${of.after}` : "";
        blanks.set(key, { key, words, label, places: [], count: 0 });
      }
      const blank = blanks.get(key);
      blank.count += 1;
      if (!blank.places.includes(context.place)) blank.places.push(context.place);
    };
    const counsel = valueOf(data, state, answers, COUNSEL, "");
    context.counsel = counsel && counsel !== "counsel" ? titleOf(counsel) : "";
    context.called = data.roles.flatMap((role) => {
      const own = holder(context, role.id);
      return own ? (role.called || []).map((words) => ({ words, title: titleOf(own) })) : [];
    });
    const blocks = [...opening(context, clauses)];
    sections.forEach((section) => {
      const alone = section.alone ? section.clauses[0] : undefined;
      blocks.push({ kind: "h1", number: `${section.number}.`, runs: [{ text: alone ? spoken(section.label, "", context) : section.label }], id: section.id, clause: alone });
      section.clauses.forEach((clause) => {
        context.place = numbers[clause.id];
        const own = blocksOf(clause, context).map((block) => ({ ...block, of: clause.id }));
        if (form === "full") blocks.push({ kind: "h2", number: numbers[clause.id], runs: [{ text: spoken(clause.title, "", context) }], id: clause.id, clause });
        else if (form === "short" && own.length) own[0] = { ...own[0], kind: "np", number: numbers[clause.id], id: clause.id, clause };
        blocks.push(...own);
      });
    });
    blocks.push(...signature(context));
    const notes = data.notes.map((note, index) => ({ ...note, index })).filter((note) => holds(note.when, answers));
    const open = [...blanks.values()];
    const draft = { answers, form, sections, clauses, numbers, blanks: open, places: open.reduce((sum, blank) => sum + blank.count, 0), notes, unanswered: unanswered(data, answers) };
    draft.blocks = blocks;
    draft.papers = papers(context);
    draft.conflicts = conflicts(context);
    draft.closing = closing(data, draft);
    draft.left = data.clauses.filter((clause) => !clauses.includes(clause));
    return draft;
  }

  // What goes with the policy: each paper with its title, and its text as it is filled so far. Its blanks are the meeting's, and not counted.
  function papers(context) {
    return (context.data.papers || []).filter((paper) => holds(paper.when, context.answers)).map((paper) => {
      const own = { ...context, form: "full", unnamed: context.form === "full", open: () => {} };
      // They have no field on the page.
      const blocks = blocksOf(paper, own).map((block) => ({ ...block, runs: block.runs.map((run) => (run.blank ? { ...run, blank: "paper" } : run)) }));
      const said = (paper.notes || []).find((item) => holds(item.when, context.answers));
      return { id: paper.id, title: paper.title, why: paper.why, note: said ? said.text : paper.note, page: paper.page, blocks };
    });
  }

  // One person in two roles that check each other.
  function conflicts(context) {
    const { data, state, answers } = context;
    const plain = (value) => titleOf(value || "").toLowerCase().replace(/^(the|a|an) /, "").trim();
    return (data.checks || []).filter((check) => holds(check.when, answers)).flatMap((check) => {
      const [one, other] = check.who.map((key) => plain(valueOf(data, state, answers, key, "")));
      if (!one || one !== other) return [];
      const labels = check.who.map((key) => nameOf(data, key));
      return [{ who: check.who, labels, holder: valueOf(data, state, answers, check.who[0], ""), why: check.why, instead: check.instead }];
    });
  }
  function nameOf(data, key) {
    const role = data.roles.find((item) => `role:${item.id}` === key);
    const field = data.fields.find((item) => item.id === key);
    return role ? role.label : field ? field.label : key;
  }

  function signature(context) {
    const board = valueOf(context.data, context.state, context.answers, BOARD, "");
    const line = "____________________";
    const who = board ? `${context.body.alone ? "the" : "for the"} ${board.replace(/^the /i, "")}` : "";
    // Two short lines, so that no blank is torn from its word.
    return [
      { kind: "p", style: "sign", runs: [{ text: `Signed: ${line}${who ? ` ${raised(who)}` : ""}` }] },
      { kind: "p", style: "sign", runs: [{ text: `Date: ${line}` }] },
    ];
  }

  function lawDates(clauses) {
    return [...new Set(clauses.map((clause) => clause.source.law))];
  }

  function opening(context, clauses) {
    const { data, state } = context;
    context.place = "title";
    const agency = state.values[AGENCY];
    const { article, words } = unnamed(context);
    if (!agency) context.open(AGENCY, words, AGENCY);
    const dates = lawDates(clauses);
    const law = dates.length === 1 ? ` The law behind the clauses was checked as of ${dates[0]}.` : " The end says as of when the law behind each clause was checked.";
    const blocks = [
      { kind: "title", runs: [{ text: `${TITLES[context.form]} of ${agency ? "" : article}` }, agency ? { text: withArticle(agency) } : { text: `[${words}]`, blank: AGENCY }] },
      { kind: "p", style: "notice", runs: [{ text: "Draft, not legal advice.", mark: "strong" }, { text: ` It was put together from the model clauses of ${data.series}. Have counsel read it before it is adopted.${law}` }] },
      { kind: "h1", number: "1.", runs: [{ text: "Roles" }], id: "roles" },
    ];
    context.place = "1";
    blocks.push(...(context.form === "full" ? rolesInFull(context) : rolesInShort(context)));
    blocks.forEach((block) => block.runs.forEach((run) => { run.text = named(run.text, context); }));
    return blocks;
  }

  function rolesInFull(context) {
    const noun = context.body.noun ? `The ${context.body.noun}` : "The agency";
    const blocks = [{ kind: "p", runs: [{ text: `${noun}’s own people hold these roles. A user is a member of the public.` }] }];
    context.data.roles.filter((role) => role.means).forEach((role, index) => {
      const key = `role:${role.id}`;
      const value = valueOf(context.data, context.state, context.answers, key, "");
      const who = value ? { text: value } : { text: "[who]", blank: key };
      if (!value) context.open(key, "who", key);
      blocks.push({ kind: "li", list: "ul", level: 0, number: index + 1, first: !index, runs: [{ text: role.label, mark: "strong" }, { text: ", " }, who, { text: `, ${role.means}` }] });
    });
    return blocks;
  }

  // One item for each person: “The Village Clerk posts, moderates comments and is the records officer.”
  function rolesInShort(context) {
    const people = new Map();
    context.data.roles.forEach((role) => {
      const value = holder(context, role.id);
      const does = (role.does || []).filter((duty) => holds(duty.when, context.answers)).map((duty) => duty.text.replace(/\[([a-z-]+)\]/g, (_, other) => titleOf(holder(context, other)) || "that person"));
      if (!value || !does.length) return;
      people.set(value, [...(people.get(value) || []), ...does]);
    });
    return [...people].map(([value, does], index) => ({ kind: "li", list: "ul", level: 0, number: index + 1, first: !index, runs: [{ text: raised(value), mark: "strong" }, { text: `${/^[^,]+, ./.test(value) ? "," : ""} ${list(does)}.` }] }));
  }

  const sectionsText = (numbers) => {
    const real = numbers.filter((number) => number !== "title");
    const text = real.length ? `section${real.length > 1 ? "s" : ""} ${list(real)}` : "";
    return [numbers.includes("title") ? "title" : "", text].filter(Boolean).join(" and ");
  };

  function blankLabel(data, blank) {
    if (blank.key.startsWith("role:")) return data.roles.find((role) => `role:${role.id}` === blank.key).label;
    if (blank.key.startsWith("ref:")) return "Names clauses that this draft does not have";
    return blank.label;
  }

  const item = (text, first, more = []) => ({ kind: "li", list: "ul", level: 0, number: 0, first, runs: [{ text }, ...more] });

  function closing(data, draft) {
    const blocks = [];
    draft.papers.forEach((paper) => {
      blocks.push({ kind: "h1", style: "paper", runs: [{ text: paper.title }], id: paper.id.replace(/[^a-z]+/g, "-") });
      if (paper.note) blocks.push({ kind: "p", runs: [{ text: paper.note, mark: "em" }] });
      blocks.push(...paper.blocks);
    });
    blocks.push(
      { kind: "h1", style: "paper", runs: [{ text: "Before this policy is adopted" }], id: "before" },
      { kind: "p", runs: [{ text: "Work through this part, then take it out." }] },
      { kind: "h2", runs: [{ text: "Blanks still to fill" }], id: "open-blanks" },
    );
    if (!draft.blanks.length) blocks.push({ kind: "p", runs: [{ text: "None." }] });
    draft.blanks.forEach((blank, index) => {
      const label = blankLabel(data, blank);
      blocks.push(item(`[${blank.words}]${label ? ` – ${label}` : ""} (${sectionsText(blank.places)})`, !index));
    });
    if (draft.conflicts.length) {
      blocks.push({ kind: "h2", runs: [{ text: "One person in two roles that check each other" }], id: "conflicts" });
      draft.conflicts.forEach((found, index) => blocks.push(item(`${raised(found.holder)}: ${list(found.labels)}. ${found.why} ${found.instead}`, !index)));
    }
    if (draft.unanswered.length) {
      blocks.push({ kind: "h2", runs: [{ text: "Questions not answered" }], id: "open-questions" });
      draft.unanswered.forEach((question, index) => blocks.push(item(question.title, !index)));
    }
    if (draft.notes.length) {
      blocks.push({ kind: "h2", runs: [{ text: "For counsel" }], id: "for-counsel" });
      draft.notes.forEach((note, index) => {
        const more = [];
        (note.links || []).forEach((link, i) => more.push({ text: i ? "; " : " See " }, { text: link.text, href: link.href }));
        if (more.length) more.push({ text: "." });
        blocks.push(item(note.text, !index, more));
      });
    }
    blocks.push({ kind: "h2", runs: [{ text: "Where the clauses come from" }], id: "sources" });
    const sources = new Map();
    draft.clauses.forEach((clause) => {
      if (!sources.has(clause.source.id)) sources.set(clause.source.id, { ...clause.source, numbers: [] });
      sources.get(clause.source.id).numbers.push(draft.numbers[clause.id]);
    });
    [...sources.values()].forEach((source, index) => {
      const where = ` Law as of ${source.law}. ${raised(sectionsText(source.numbers))}.`;
      blocks.push({ kind: "li", list: "ul", level: 0, number: 0, first: !index, runs: [{ text: source.title, href: source.url }, { text: `.${where}` }] });
    });
    return blocks;
  }

  // ---- Why a clause is there: the questions and answers that brought it. Empty: it is in every draft.
  function because(data, clause, answers) {
    const found = clause.when.find((alternative) => holds([alternative], answers));
    return Object.entries(found || {}).filter(([name]) => name !== FORM).map(([name, options]) => {
      const question = data.questions.find((q) => q.id === name);
      const labels = question.options.filter((option) => options.includes(option.id) && answers[name].includes(option.id)).map((option) => option.label);
      return { question: question.title, answers: labels };
    });
  }

  // What would bring a clause that is not there.
  function wanted(data, clause) {
    return clause.when.map((alternative) => Object.entries(alternative).filter(([name], _, all) => name !== FORM || all.length === 1).map(([name, options]) => {
      const question = data.questions.find((q) => q.id === name);
      return { question: question.title, answers: question.options.filter((option) => options.includes(option.id)).map((option) => option.label) };
    }));
  }

  // ---- Markdown (CommonMark)
  const escaped = (text) => text.replace(/[\\`*_]/g, "\\$&").replace(/&(?=#?\w+;)/g, "&amp;").replace(/</g, "&lt;");
  function inline(runs) {
    const joined = [];
    runs.forEach((run) => {
      const last = joined[joined.length - 1];
      if (last && last.mark === run.mark && !last.href && !run.href) last.text += run.text;
      else joined.push({ ...run });
    });
    const text = joined.map((run) => {
      const words = escaped(run.text);
      const marked = run.mark ? `${run.mark === "strong" ? "**" : "*"}${words}${run.mark === "strong" ? "**" : "*"}` : words;
      return run.href ? `[${marked}](${run.href})` : marked;
    }).join("");
    return text.replace(/^(#|>|[-+](?= )|=|\|)/, "\\$1").replace(/^(\d+)([.)])(?= |$)/, "$1\\$2").replace(/^\[(?=[^\]]*\]:)/, "\\[");
  }

  function toMarkdown(draft, day) {
    const out = [];
    let before = null;
    [...draft.blocks, ...draft.closing].forEach((block) => {
      const text = inline(block.runs);
      if (block.kind === "li") {
        const marker = block.list === "ol" ? `${block.number}.` : "-";
        const line = `${"    ".repeat(block.level)}${marker} ${text}`;
        if (before?.kind === "li" && !(block.first && block.level === 0)) out[out.length - 1] += `\n${line}`;
        else out.push(line);
      } else {
        const prefix = { title: "# ", h1: "## ", h2: "### ", p: "", np: "" }[block.kind];
        const number = block.kind === "np" ? `**${block.number}** ` : block.number ? `${block.number} ` : "";
        out.push(`${prefix}${number}${text}`);
        if (block.kind === "title" && day) out.push(`Draft of ${day}`);
      }
      before = block;
    });
    return `${out.join("\n\n")}\n`;
  }

  const empty = () => ({ answers: {}, values: {}, out: [], more: [] });

  return { holds, textsOf, counted, formOf, nameOf, withArticle, titleOf, asked, expected, unanswered, splitBlanks, filling, valueOf, tidy, assemble, because, wanted, blankLabel, sectionsText, toMarkdown, textOf, list, empty, AGENCY };
})();
