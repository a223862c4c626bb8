// Reads a policy by rules: what it has of each element, which of its phrases have been questioned, what else it says. The rules are
// data (docs/tools/policy-check.yml); no phrase to look for stands here. It runs in the page, and in Node for the tests.
(function () {
  "use strict";

  // ---- The text: passages (a paragraph, a heading, an item of a list), and in them sentences, which also end at a semicolon.
  const MARK = /^\s*(?:[-*–—o]\s+|[•▪●◦·‣]\s*|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s+|\d{1,3}[.)](?=[A-Z]))/;
  const ENDS = /[.!?;:]["”’')]*\s*$/;
  const ABBREVIATION = /\b(?:[A-Z]|No|Mr|Ms|Mrs|Dr|St|U\.S|e\.g|i\.e|Inc|v|p|pp|a\.m|p\.m|etc)\.$/;

  // Lines that belong together are joined, as in text that was copied from a page with narrow columns.
  function lines(text) {
    const found = [];
    for (const match of text.matchAll(/[^\r\n]+/g)) {
      if (!match[0].trim()) continue;
      const line = { start: match.index, end: match.index + match[0].length, gap: /\n\s*\n/.test(text.slice(found.length ? found[found.length - 1].end : 0, match.index)) };
      const before = found[found.length - 1];
      const own = match[0];
      const goesOn = before && !line.gap && !MARK.test(own) && /^\s*[a-z(]/.test(own) && !ENDS.test(text.slice(before.start, before.end));
      if (goesOn) before.end = line.end;
      else found.push(line);
    }
    return found;
  }

  function sentences(text, start, end) {
    const found = [];
    let from = start;
    for (const match of text.slice(start, end).matchAll(/;|[.!?]["”’')]*(?=\s+["“‘'(]?[A-Z0-9•])/g)) {
      const stop = start + match.index + match[0].length;
      if (match[0] !== ";" && ABBREVIATION.test(text.slice(from, stop))) continue;
      found.push({ start: from, end: stop });
      from = stop;
    }
    if (text.slice(from, end).trim()) found.push({ start: from, end });
    return found;
  }

  // How an item is marked: items marked alike are of one list. A list within it hangs on an item that ends in a colon or is a sentence.
  const kindOf = (own) => {
    const mark = MARK.exec(own);
    return !mark ? "plain" : /\d/.test(mark[0]) ? "number" : /[a-zA-Z]/.test(mark[0]) && /[.)]/.test(mark[0]) ? "letter" : "bullet";
  };

  // `lead`: the place of the passage that a list hangs on. A short line after a colon is an item without a mark.
  // `heading`: the place of the last short line that ends no sentence.
  function passages(text) {
    let lists = [];
    let heading = -1;
    let open = false;
    return lines(text).map((line, place, all) => {
      const own = text.slice(line.start, line.end);
      const colon = /:\s*$/.test(own);
      const long = own.length > (line.gap ? 240 : 400) || (line.gap && own.length > 90 && /[.!?]\s*$/.test(own));
      const item = MARK.test(own) || (open && !colon && !long);
      if (own.trim().length < 80 && !/[.;,!?]\s*$/.test(own) && (!item || /^[^a-z]*$/.test(own))) heading = place;
      const kind = item ? kindOf(own) : "";
      const before = place ? text.slice(all[place - 1].start, all[place - 1].end) : "";
      const known = lists.findLastIndex((list) => list.kind === kind);
      if (!item) lists = [];
      else if (!lists.length || /:\s*$/.test(before)) lists.push({ kind, lead: place - 1 });
      else if (known >= 0) lists = lists.slice(0, known + 1);
      else if (kind !== "plain" && before.length > 40 && /[.]\s*$/.test(before)) lists.push({ kind, lead: place - 1 });
      if (!item || colon) open = colon;
      return { start: line.start, end: line.end, item, lead: item ? lists[lists.length - 1].lead : -1, heading, sentences: sentences(text, line.start, line.end) };
    });
  }

  // ---- Patterns: words in their order. `profan*` any ending, `a/b` either, `[the]` may be missing, `~3` up to three other words,
  // `^` and `$` the beginning and end of the sentence.
  const BETWEEN = "[^A-Za-z0-9;]{1,6}";
  const word = (part) => part.replace(/[\\^$.|?+()[\]{}-]/g, "\\$&").replace(/'/g, "['’]").replace(/\*/g, "[A-Za-z0-9'’]*");
  const either = (part) => `(?:${part.split("/").map((one) => one.split("_").map(word).join(BETWEEN)).join("|")})`;

  function compile(pattern) {
    let source = "";
    let first = true;
    const [whole, from, to] = [pattern.trim(), /^\^/.test(pattern.trim()), /\$$/.test(pattern.trim())];
    for (const part of whole.slice(from ? 1 : 0, to ? -1 : undefined).trim().split(/[\s-]+/)) {
      const gap = /^~(\d*)$/.exec(part);
      const optional = /^\[(.+)\]$/.exec(part);
      if (gap) source += `(?:${BETWEEN}[A-Za-z0-9'’]+){0,${gap[1] || 3}}`;
      else if (optional) source += first ? `(?:${either(optional[1])}${BETWEEN})?` : `(?:${BETWEEN}${either(optional[1])})?`;
      else { source += (first ? "" : BETWEEN) + either(part); first = false; }
    }
    return new RegExp(`${from ? "^[^A-Za-z0-9]*" : "(?<![A-Za-z0-9])"}(?:${source})${to ? "[^A-Za-z0-9]*$" : "(?![A-Za-z0-9])"}`, "gi");
  }

  const compileAll = (patterns) => (patterns || []).map(compile);
  const condition = (one) => ({ words: compileAll(one.words), within: one.within });
  const compileFind = (find) => (find || []).map((one) => ({
    words: compileAll(one.words), near: (one.near || []).map(condition), without: (one.without || []).map(condition), about: one.about || "",
  }));

  // The text in which a condition is looked for, around a match. `neighbors`: the passage, the one its list hangs on, the one before and after.
  function around(text, all, place, sentence, within) {
    const passage = all[place];
    const cut = (one) => (one ? text.slice(one.start, one.end) : "");
    if (within === "text") return text;
    if (within === "section") return [all[passage.heading], all[passage.lead], passage].map(cut).join("\n");
    if (within === "list") return `${cut(all[passage.lead])}\n${cut(passage)}`;
    if (within === "neighbors") return [all[passage.lead], all[place - 1], passage, all[place + 1]].map(cut).join("\n");
    return cut(within === "passage" ? passage : sentence);
  }

  const has = (patterns, text) => patterns.some((pattern) => { pattern.lastIndex = 0; return pattern.test(text); });

  // Whether a passage speaks of the public or of the staff: who is named in it and in what it hangs on; the public wins.
  function spokenOf(people, text, all, place) {
    if (has(people.public, around(text, all, place, null, "list"))) return "public";
    return has(people.staff, around(text, all, place, null, "section")) ? "staff" : "";
  }

  // Every match of a rule's patterns: {start, end} of the words, and the sentence and passage that they stand in. A rule about the
  // public passes by what is said of the staff alone; a rule about the staff needs them to be named.
  function matches(text, all, find) {
    const found = [];
    all.forEach((passage, place) => passage.sentences.forEach((sentence) => {
      const own = text.slice(sentence.start, sentence.end);
      find.forEach((rule) => {
        const fits = (one) => has(one.words, around(text, all, place, sentence, one.within));
        let checked = null;
        rule.words.forEach((pattern) => {
          for (const match of own.matchAll(pattern)) {
            if (checked === null) {
              const right = !rule.about || (rule.about === "public" ? all[place].about !== "staff" : all[place].about === "staff");
              checked = right && rule.near.every(fits) && !rule.without.some(fits);
            }
            if (!checked) return;
            found.push({ start: sentence.start + match.index, end: sentence.start + match.index + match[0].length, sentence, place });
          }
        });
      });
    }));
    return found.sort((a, b) => a.start - b.start || b.end - a.end);
  }

  // Matches in one sentence are one finding, which quotes from the first word to the last.
  function joined(found) {
    const bySentence = new Map();
    found.forEach((one) => {
      const known = bySentence.get(one.sentence.start);
      if (known) known.end = Math.max(known.end, one.end);
      else bySentence.set(one.sentence.start, { ...one });
    });
    return [...bySentence.values()];
  }

  function prepare(rules) {
    return {
      people: { staff: compileAll(rules.people.staff), public: compileAll(rules.people.public) },
      elements: rules.elements.map((one) => ({ ...one, signals: one.signals.map((signal) => ({ ...signal, find: compileFind(signal.find) })) })),
      grounds: rules.grounds.map((one) => ({ ...one, find: compileFind(one.find) })),
      facts: rules.facts.map((one) => ({ ...one, find: compileFind(one.find) })),
    };
  }

  // An element is there from two points on; every signal found gives its weight; one of weight 0 makes it thin and no more.
  const ENOUGH = 2;
  const level = (found) => (!found.length ? "missing" : found.reduce((sum, one) => sum + one.weight, 0) >= ENOUGH ? "there" : "thin");

  // What a text has: `elements` by level with the passages that made it so, `grounds` one by one, `facts` that it states or not.
  function check(prepared, text) {
    const all = passages(text);
    all.forEach((passage, place) => { passage.about = spokenOf(prepared.people, text, all, place); });
    const quote = (one) => ({ start: one.start, end: one.end, words: text.slice(one.start, one.end), from: one.sentence.start, to: one.sentence.end });
    const elements = prepared.elements.map((one) => {
      const found = one.signals.map((signal, index) => ({ signal: index, says: signal.says, weight: signal.weight, matches: joined(matches(text, all, signal.find)).map(quote) })).filter((signal) => signal.matches.length);
      return { element: one.element, level: level(found), found };
    });
    const grounds = prepared.grounds.flatMap((one) => joined(matches(text, all, one.find)).map((match) => ({ ground: one.id, ...quote(match) })));
    const facts = prepared.facts.map((one) => {
      const found = joined(matches(text, all, one.find)).map(quote);
      return { fact: one.id, stated: found.length > 0, matches: found };
    });
    return { elements, grounds: grounds.sort((a, b) => a.start - b.start), facts, words: (text.match(/[A-Za-z0-9'’]+/g) || []).length, passages: all.length };
  }

  const api = { passages, compile, prepare, check };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else window.OTRCheck = api;
})();
