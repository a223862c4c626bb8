// What a query finds, over the index that the build writes. No page is touched here: search.js and search-page.js show what is found,
// and tests run this file without a browser. The rules on words are those of hooks/core/stems.py, one for one.
(function (scope) {
  "use strict";

  // ---- Words

  const C = "[^aeiou][^aeiouy]*";
  const V = "[aeiouy][aeiou]*";
  const MORE_THAN_0 = new RegExp(`^(?:${C})?${V}${C}`);
  const IS_1 = new RegExp(`^(?:${C})?${V}${C}(?:${V})?$`);
  const MORE_THAN_1 = new RegExp(`^(?:${C})?${V}${C}${V}${C}`);
  const VOWEL = new RegExp(`^(?:${C})?${V}`);
  const CVC = new RegExp(`^${C}[aeiouy][^aeiouwxy]$`);
  const DOUBLE = /([^aeiouylsz])\1$/;
  const STEP_2 = {
    ational: "ate", tional: "tion", enci: "ence", anci: "ance", izer: "ize", bli: "ble", alli: "al", entli: "ent", eli: "e", ousli: "ous",
    ization: "ize", ation: "ate", ator: "ate", alism: "al", iveness: "ive", fulness: "ful", ousness: "ous", aliti: "al", iviti: "ive",
    biliti: "ble", logi: "log",
  };
  const STEP_3 = { icate: "ic", ative: "", alize: "al", iciti: "ic", ical: "ic", ful: "", ness: "" };
  const ENDING_2 = new RegExp(`^(.+?)(${Object.keys(STEP_2).join("|")})$`);
  const ENDING_3 = new RegExp(`^(.+?)(${Object.keys(STEP_3).join("|")})$`);
  const ENDING_4 = /^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$/;

  function step1(word) {
    if (/(?:sses|ies)$/.test(word)) word = word.slice(0, -2);
    else if (/[^s]s$/.test(word)) word = word.slice(0, -1);
    const found = /^(.+?)(ed|ing)$/.exec(word);
    if (word.endsWith("eed")) {
      if (MORE_THAN_0.test(word.slice(0, -3))) word = word.slice(0, -1);
    } else if (found && VOWEL.test(found[1])) {
      word = found[1];
      if (/(?:at|bl|iz)$/.test(word)) word += "e";
      else if (DOUBLE.test(word)) word = word.slice(0, -1);
      else if (CVC.test(word)) word += "e";
    }
    return word.endsWith("y") && VOWEL.test(word.slice(0, -1)) ? `${word.slice(0, -1)}i` : word;
  }

  function steps4And5(word) {
    const found = ENDING_4.exec(word);
    if (found) {
      if (MORE_THAN_1.test(found[1])) word = found[1];
    } else if (/[st]ion$/.test(word) && MORE_THAN_1.test(word.slice(0, -3))) {
      word = word.slice(0, -3);
    }
    if (word.endsWith("e")) {
      const rest = word.slice(0, -1);
      if (MORE_THAN_1.test(rest) || (IS_1.test(rest) && !CVC.test(rest))) word = rest;
    }
    return word.endsWith("ll") && MORE_THAN_1.test(word) ? word.slice(0, -1) : word;
  }

  // Words that these rules give the stem of a word that means something else: each line shares the first.
  const APART = [
    "accessible accessibility accessibly inaccessible",
    "accountability accountable",
    "accountant",
    "authority authorities",
    "booking bookings",
    "building buildings",
    "community communities",
    "department departments",
    "disability disabilities",
    "election elections",
    "evening evenings",
    "fired firing firings",
    "generative",
    "internal",
    "international",
    "likely",
    "likeness",
    "parking",
    "personal",
    "polite politely",
    "recording recordings",
    "responsible responsibility responsibilities",
    "trustee trustees",
  ];
  const OWN = new Map(APART.flatMap((line) => line.split(" ").map((word, _, all) => [word, all[0]])));

  // Porter's stemmer. Anything with a digit or fewer than three letters is its own stem.
  function stem(word) {
    if (!/^[a-z]{3,}$/.test(word)) return word;
    if (OWN.has(word)) return OWN.get(word);
    const begins = word[0] === "y";
    word = step1(begins ? `Y${word.slice(1)}` : word);
    let found = ENDING_2.exec(word);
    if (found && MORE_THAN_0.test(found[1])) word = found[1] + STEP_2[found[2]];
    found = ENDING_3.exec(word);
    if (found && MORE_THAN_0.test(found[1])) word = found[1] + STEP_3[found[2]];
    word = steps4And5(word);
    return begins ? word.toLowerCase() : word;
  }

  // In lower case, without accents and other marks, in one form of signs.
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss")
    .replace(/’/g, "'").replace(/§/g, " section ").replace(/[‑‐]/g, "-").replace(/[–—]/g, " ")
    .replace(/\b(?:[a-z]\.){2,}/g, (found) => found.replace(/\./g, ""))
    .replace(/(\d),(?=\d{3}\b)/g, "$1")
    .replace(/'s\b|'/g, "");

  // The titles and texts say the same words again and again; what a query may be meant for is not kept.
  const stemmed = new Map();
  const stemOf = (word) => {
    if (!stemmed.has(word)) stemmed.set(word, stem(word));
    return stemmed.get(word);
  };

  // The words in order: each as one stem, and where it is made of several (“LGS-1”, “89(4)”) the stems of its parts too.
  const tokens = (text) => [...folded(text).matchAll(/\$?[a-z0-9]+(?:(?:-|\.(?=\d)|\()[a-z0-9]+\)?)*/g)].map(([token]) => {
    const parts = token.match(/[a-z0-9]+/g).map(stemOf);
    const whole = /[(.]/.test(token) || token[0] === "$" ? token : stemOf(token.replace(/-/g, ""));
    return { whole, parts: parts.length > 1 || token[0] === "$" ? parts : [], word: token };
  });

  // ---- Finding

  const ALONE = ["x"]; // letters that are words by themselves
  const SIGNS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
  const BETWEEN = ["it", "them", "thi", "that", "him", "her", "my", "our"]; // what may stand within “turn off”
  const LETTERS = "abcdefghijklmnopqrstuvwxyz";
  // What a word counts that is not the query's own: one or two letters from it, of the same meaning, or begun by it.
  const ONE_AMISS = 0.8;
  const TWO_AMISS = 0.6;
  const SYNONYM = 0.6;
  const PARTICLE = 0.5; // the one telling word of a phrase, such as “sign” of “sign off”
  const BEGINNING = 0.6;
  const CUT_SHORT = 0.5;
  const OF_PAGE = 0.4; // a word that only the opening of the page holds, or what an answer leads to
  const BY_QUESTIONS = 0.5; // how much of what a word tells hangs on the questions asked with it, the rest on the passages that have it
  // A passage counts by its words and by how near the query is to one of the ways in which it is asked for.
  const BODY = 0.6;
  const NEAR = 1.1;
  const SECOND = 0.25; // what the second nearest wording counts, beside the nearest
  const HEADING = 0.6; // what the heading of a section counts, which is no way of asking
  const EXTRA = 0.5; // how much a wording loses by words that the query does not have
  const LITTLE = 0.1; // what the words that tell nothing count, of how near a wording is
  const USUAL = 0.3; // how much a passage loses whose wordings seldom have the words of the query
  const SELDOM = 0.1; // the share of its wordings that has a word where that counts half; and what counts a passage of which none has any
  const FLOOR = 0.2; // what a word counts at least that is there at all
  const POWER = 0.7; // how much is lost by the words that are not there
  // How much a passage of each group counts. Law, cases and sources support an answer: they come after what says what to do, unless the
  // query names them.
  const WEIGHTS = { answer: 1.3, brief: 1, sheet: 0.95, more: 0.75, law: 0.8, case: 0.7, source: 0.5, page: 0.5 };
  const FIRST = ["answer", "brief", "sheet"];
  const SUPPORT = ["law", "case", "source"];
  const OTHERS = ["more", "page"];
  const NAMED = 1.6;
  const LIFT = 1.5; // how much better than all of what says what to do they are, to come before it
  const EXACT = 1.25;
  const TITLE = 2.5; // the same, where the page is no brief, sheet or answer: a reader looks for that page
  // How much of a query one of the best has to hold, or the series does not cover it: the less, the better it answers.
  const COVERED = 0.28;
  const BETTER = 0.2;
  const KEPT = 0.6; // and how much of what the best holds every other result
  const ANSWERS = 0.25; // an answer's nearest wording may be right where one rare word is missing
  const SAYS = 0.4; // the same for what says what to do, where the best is a law, a case or a source
  const NAMES = 0.25; // and for what the query names: of a law the index has few words, and “Public Officers Law” is in many passages
  const GUESSED = 0.6; // what a word counts toward what covers a query, if its spelling had to be mended
  // A passage gains by others of its subject that answer too: the share that they and it have of the best results.
  const SUBJECT = 2;
  const AMONG = 25;
  const OTHER = 0.7; // how good what is about another subject has to be, to come third
  const PAPERS = ["letter", "clause", "exercise"]; // what is asked for by its kind too; their places begin so
  const OF_ONE_PAGE = 4;
  const EXCERPT = 320; // characters

  // How many letters apart two words are, or more than `most`: letters changed, left out, put in, or two changed about.
  function apart(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = [];
    let last = Array.from({ length: other.length + 1 }, (_, i) => i);
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= other.length; j += 1) {
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        row.push(cost);
        if (cost < least) least = cost;
      }
      if (least > most) return most + 1;
      before = last;
      last = row;
    }
    return last[other.length];
  }

  // The numbers in a text of bits, six to a sign, one after the other, as the build packs them (hooks/site/search_bits.py).
  function reader(text) {
    let at = 0;
    const values = new Uint8Array(128);
    [...SIGNS].forEach((sign, value) => { values[sign.charCodeAt(0)] = value; });
    let kept = 0; // bits read that nothing has used yet
    let left = 0; // how many those are
    const bits = (size) => {
      while (left < size) {
        kept = ((kept << 6) | values[text.charCodeAt(at)]) & 0xffffff;
        at += 1;
        left += 6;
      }
      left -= size;
      return (kept >> left) & ((1 << size) - 1);
    };
    const bit = () => bits(1);
    const below = (most) => {
      const size = 31 - Math.clz32(most);
      const short = (2 << size) - most;
      const value = bits(size);
      return value < short ? value : value * 2 + bit() - short;
    };
    const gamma = () => {
      let zeros = 0;
      while (!bit()) zeros += 1;
      return (1 << zeros) + bits(zeros);
    };
    return { bit, below, gamma };
  }

  // The postings of `count` terms over `many` passages.
  function postings(text, count, many, levels) {
    const { bit, below, gamma } = reader(text);
    const fill = (ids, from, to, low, high) => {
      if (from === to) return;
      const middle = (from + to) >> 1;
      const least = low + middle - from;
      ids[middle] = least + below(high - (to - 1 - middle) - least + 1);
      fill(ids, from, middle, low, ids[middle] - 1);
      fill(ids, middle + 1, to, ids[middle] + 1, high);
    };
    return Array.from({ length: count }, () => {
      const ids = new Array(gamma());
      fill(ids, 0, ids.length, 0, many - 1);
      return {
        ids,
        levels: ids.map(() => {
          let level = 0;
          while (level < levels.length - 1 && bit()) level += 1;
          return levels[level];
        }),
      };
    });
  }

  // The wordings of `many` passages, each as its words; they are told by their places among the terms of the passage.
  function wordings(text, many, terms, lists) {
    const { below, gamma } = reader(text);
    const own = Array.from({ length: many }, () => []);
    lists.forEach(({ ids }, term) => ids.forEach((id) => own[id].push(terms[term])));
    return own.map((words) => Array.from({ length: gamma() - 1 }, () => Array.from({ length: gamma() }, () => words[below(words.length)])));
  }

  function open(data) {
    const terms = [];
    for (const [, shared, rest] of data.terms.matchAll(/([A-Z])([^A-Z]*)/g)) {
      terms.push((terms[terms.length - 1] || "").slice(0, shared.charCodeAt(0) - 65) + rest);
    }
    const { titles } = data;
    const many = titles.length;
    const lists = postings(data.postings, terms.length, many, data.levels);
    const at = new Map(terms.map((term, i) => [term, lists[i]]));
    const places = data.places.split(" ");
    const groups = data.groups.map(([slug]) => slug);
    const pageOf = data.pages.flatMap(([, , , own], page) => new Array(own).fill(page));
    const groupOf = pageOf.map((page) => groups[data.pages[page][2]]);
    // What says what to do stands by subject, in a folder of the same name: questions/records/ and briefs/records/.
    const subjectOf = pageOf.map((page, i) => (FIRST.includes(groupOf[i]) ? data.pages[page][0].split("/").slice(-2)[0] : data.pages[page][0]));
    const stop = new Set(data.stop);
    // The opening of each page, from which its places take words.
    const opening = new Map();
    places.forEach((place, i) => { if (!place) opening.set(pageOf[i], i); });
    const paperOf = places.map((place) => PAPERS.indexOf(place.split("-")[0].replace(/s$/, "")));
    const openingOf = places.map((place, i) => (place ? opening.get(pageOf[i]) ?? -1 : -1));
    // The ways in which a passage is asked for: the words that tell something, and the wording as it stands, of which the index holds
    // only the words that tell something where it is no title.
    const wordsOf = (text) => tokens(text).map(({ whole }) => whole);
    const call = (all) => ({ all: all.join(" "), set: new Set(all), telling: [...new Set(all.filter((one) => !stop.has(one)))] });
    const rest = (id) => (data.calls[id] || "").split("|").filter(Boolean).map((one) => one.split(" "));
    // A heading is read below the title of its page, and so is it asked for: “Answer a request” is one for records, or for captions.
    const titled = titles.map(wordsOf);
    const under = (id) => (openingOf[id] >= 0 && !SUPPORT.includes(groupOf[id]) ? [[...titled[openingOf[id]], ...titled[id]]] : []);
    const calls = wordings(data.wordings, many, terms, lists).map((held, id) => [titled[id], ...held, ...rest(id), ...under(id)]
      .map(call).filter(({ telling }) => telling.length));

    const posting = (term) => at.get(term);
    const known = (term) => at.has(term);

    // How much a word tells: the fewer passages have it, the more, and the fewer questions are asked with it. Readers write “page” and
    // “post” into queries on anything; the texts, of law and sources above all, have them less often.
    const answers = groupOf.flatMap((group, id) => (group === "answer" ? [id] : []));
    const asking = new Map();
    answers.forEach((id) => new Set(calls[id].flatMap(({ telling }) => telling)).forEach((term) => asking.set(term, (asking.get(term) || 0) + 1)));
    const asked = (term) => asking.get(term) || 0;
    const fewness = (count, all) => Math.log(1 + all / (count + 0.5)) / Math.log(1 + all / 0.5);
    const tells = (passages, questions) => Math.log(1 + many / 0.5) * (answers.length
      ? (1 - BY_QUESTIONS) * fewness(passages, many) + BY_QUESTIONS * fewness(questions, answers.length)
      : fewness(passages, many));
    const unwritten = tells(0, 0);
    const rareness = (term) => (known(term) ? tells(posting(term).ids.length, asked(term)) : unwritten);

    // Words that mean the same, each as the stems it is made of. A phrase with small words (“out of town”) is known in a query; it is not
    // sought, since “town” alone means something else.
    const alike = new Map();
    data.synonyms.forEach((group) => {
      const forms = group.map((word) => word.split(" "));
      forms.forEach((form) => {
        const key = form.join(" ");
        alike.set(key, [...(alike.get(key) || []), ...forms.filter((other) => other !== form)]);
      });
    });

    // The first terms that begin so, which stand together.
    function begunBy(start) {
      let low = 0;
      let high = terms.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (terms[middle] < start) low = middle + 1;
        else high = middle;
      }
      const found = [];
      while (found.length < 13 && terms[low]?.startsWith(start)) found.push(terms[low++]);
      return found;
    }

    // The stems that a word nobody has written may be meant for, the likeliest first, each with what it counts.
    function misspelled(word) {
      if (word.length < 5 || !/^[a-z]+$/.test(word)) return [];
      const near = new Set();
      const add = (text) => { const one = stem(text); if (one.length > 2 && (known(one) || alike.has(one))) near.add(one); };
      for (let i = 0; i <= word.length; i += 1) {
        const head = word.slice(0, i);
        const tail = word.slice(i);
        if (tail) add(head + tail.slice(1));
        if (tail.length > 1) add(head + tail[1] + tail[0] + tail.slice(2));
        for (const letter of LETTERS) {
          add(head + letter + tail);
          if (tail) add(head + letter + tail.slice(1));
        }
      }
      const held = (term) => posting(term)?.ids.length ?? 0;
      const often = (one, other) => held(other) - held(one);
      if (near.size) return [...near].sort(often).slice(0, 3).map((term) => [term, ONE_AMISS]);
      if (word.length < 8) return [];
      const start = stem(word);
      // What is misspelled in the middle and in its ending has no stem: “missinformaton” begins nearly as “misinform”.
      const begins = (term) => term.length > 5 && [-1, 0, 1].some((n) => apart(word.slice(0, term.length + n), term, 1) <= 1);
      return terms.filter((term) => term[0] === start[0] && term.length > 4 && /^[a-z]+$/.test(term) && (apart(start, term, 2) <= 2 || begins(term)))
        .sort(often).slice(0, 3).map((term) => [term, TWO_AMISS]);
    }

    // The words of a query that tell something, each with the stems it may be meant for and what those count; and all its words as stems, with
    // what is misspelled mended.
    function meant(query) {
      const all = tokens(query);
      all.forEach((token, at) => { token.at = at; });
      let own = all.filter(({ whole }) => !stop.has(whole) && (whole.length > 1 || ALONE.includes(whole)));
      if (!own.length) own = all.filter(({ whole }) => known(whole));
      const begun = /[\p{L}\p{N}]$/u.test(query) && own.length && own[own.length - 1] === all[all.length - 1];
      const found = own.map((token, i) => {
        const sure = known(token.whole) || alike.has(token.whole);
        const parts = token.parts.filter((one) => one.length > 1 || ALONE.includes(one));
        const ways = sure ? [[[token.whole], 1]] : [];
        // Of “ex-volunteer” or “§ 89(4)” at least the parts that somebody has written.
        const there = parts.filter(known);
        if (there.length) ways.push([there, token.word[0] === "$" || there.length < parts.length ? 0.5 : 0.8]);
        if (begun && i === own.length - 1 && token.word.length > 2) {
          const more = begunBy(token.word).filter((term) => term !== token.whole).slice(0, ways.length ? 6 : 12);
          more.forEach((term) => ways.push([[term], sure ? BEGINNING / 2 : BEGINNING]));
        }
        const guessed = !ways.length;
        if (guessed) misspelled(token.word).forEach(([term, counts]) => ways.push([[term], counts]));
        // “rep” for “representative”: a word cut short, where it is no word of its own.
        if (!ways.length && token.word.length > 2) begunBy(token.word).forEach((term) => ways.push([[term], CUT_SHORT]));
        return { key: sure || !ways.length || ways[0][0].length > 1 ? token.whole : ways[0][0][0], ways, guessed, word: token.word, at: token.at };
      });
      const mended = new Map(found.map(({ at, key }) => [at, key]));
      return [found, all.map(({ whole }, at) => mended.get(at) ?? whole)];
    }

    // The same, with what means the same. Two or three words that have a synonym together are sought together.
    function slots(query) {
      const [own, all] = meant(query);
      const found = [];
      for (let i = 0; i < own.length; i += 1) {
        const keyOf = (n) => own.slice(i, i + n).map(({ key }) => key).join(" ");
        const [phrase, end] = phraseAt(all, own[i].at, i ? own[i - 1].at + 1 : 0);
        const span = phrase ? own.filter(({ at }) => at >= own[i].at && at < end).length : [3, 2].find((n) => i + n <= own.length && alike.has(keyOf(n))) || 1;
        const key = keyOf(span);
        const ways = span === 1 ? own[i].ways.filter(([stems]) => stems.every(known)) : key.split(" ").every(known) ? [[key.split(" "), 1]] : [];
        if (phrase) ways.forEach((way) => { way[1] *= PARTICLE; });
        (alike.get(phrase || key) || []).forEach((form) => { if (form.every(known)) ways.push([form, SYNONYM]); });
        found.push({ ways, guessed: own[i].guessed, word: own.slice(i, i + span).map(({ word }) => word).join(" ") });
        i += span - 1;
      }
      return found;
    }

    // The phrase with small words in it that a word of a query, at `at`, is the first telling word of, such as “turn it off” or “get rid of”;
    // and where it ends. It begins at `from` or later.
    function phraseAt(all, at, from) {
      for (let start = Math.max(from, at - 2); start <= at; start += 1) {
        for (let end = Math.min(all.length, start + 5); end > Math.max(at, start + 1); end -= 1) {
          const key = all.slice(start, end).filter((one) => !BETWEEN.includes(one)).join(" ");
          if (key.includes(" ") && alike.has(key) && key.split(" ").some((one) => stop.has(one))) return [key, end];
        }
      }
      return [];
    }

    // Of each passage, how well it answers one word of the query, between 0 and 1; and how many do at all.
    function answered({ ways }) {
      const score = new Float32Array(many);
      ways.forEach(([stems, counts]) => {
        const [first, ...others] = stems.map(posting);
        const rest = others.map(({ ids, levels }) => new Map(ids.map((id, i) => [id, levels[i]])));
        first.ids.forEach((id, i) => {
          const level = rest.reduce((least, other) => Math.min(least, other.get(id) ?? 0), first.levels[i]);
          if (level * counts > score[id]) score[id] = level * counts;
        });
      });
      return [score, score.reduce((sum, value) => sum + (value > 0), 0)];
    }

    // How near the query is to the nearest of the ways in which a passage is asked for; how much of the query they have, the more the more
    // of them have it; both between 0 and 1. And whether one is the query.
    function called(id, worth, most, total, said, phrases) {
      let best = 0;
      let second = 0;
      let same = false;
      const often = new Map();
      for (const call of calls[id]) {
        const of = new Map();
        let extra = 0;
        for (const one of call.telling) {
          const found = worth.get(one);
          const value = found ? of.get(found.slot) || 0 : 0;
          if (!found || value) extra += found ? Math.min(found.value, value) : rare(one);
          if (found && found.value > value) of.set(found.slot, found.value);
        }
        let both = 0;
        of.forEach((value, slot) => {
          both += value;
          often.set(slot, (often.get(slot) || 0) + value / most.get(slot));
        });
        let alikeness = 0;
        said.forEach((one) => { if (call.set.has(one)) alikeness += 1; });
        const near = (both / (total + EXTRA * extra)) * (1 - LITTLE + (LITTLE * alikeness) / Math.max(said.size, call.set.size));
        if (near > best) {
          second = best;
          best = near;
        } else if (near > second) second = near;
        if (phrases.includes(call.all)) same = true;
      }
      let usual = 0;
      often.forEach((times, slot) => { usual += (most.get(slot) * times) / (times + SELDOM * calls[id].length); });
      return [best + SECOND * second, usual / total, same];
    }
    const rarenesses = new Map();
    const rare = (term) => {
      if (!rarenesses.has(term)) rarenesses.set(term, rareness(term));
      return rarenesses.get(term);
    };

    // Whether a query says the name of a passage: a party, an author, a place, or the number of a section with the words that go with it.
    function named(id, said, numbered) {
      return (data.names[id] || []).some((name) => (name[0][0] === "#"
        ? said.has(name[0].slice(1)) && (numbered || /[a-z]/.test(name[0]))
        : name.every((one) => said.has(one))));
    }

    function find(query) {
      const sought = slots(query);
      if (!sought.length) return { hits: [], covered: false, unknown: [], asked: sought };
      const every = wordsOf(query);
      const phrase = every.join(" ");
      const phrases = [phrase, every.filter((one) => !stop.has(one)).join(" ")];
      const said = new Set(phrase.split(" "));
      const numbered = ["section", "sec", "law", "code", "rule", "usc", "cfr", "nycrr", "cplr", "art", "part", "act", "pol", "gml"].some((word) => said.has(word));
      const each = sought.map((slot) => {
        const [score, size] = answered(slot);
        const questions = Math.max(0, ...slot.ways.map(([stems]) => Math.min(...stems.map(asked))));
        const rarest = slot.ways.reduce((most, [stems]) => Math.max(most, ...stems.map(rare)), 0);
        return { slot, score, rare: slot.ways.length ? Math.min(rarest, Math.max(tells(size, questions), 1)) : unwritten };
      });
      const total = each.reduce((sum, { rare: one }) => sum + one, 0);
      // What each stem of the query and what stands for it is worth in a wording.
      const worth = new Map();
      each.forEach(({ slot, rare: one }, n) => slot.ways.forEach(([stems, counts]) => stems.forEach((term, i) => {
        const value = one * counts;
        // Several stems are worth together what one is.
        if (value > (worth.get(term)?.value || 0)) worth.set(term, { slot: stems.length > 1 ? `${n}.${i}` : n, value: value / stems.length });
      })));
      const dearest = new Map();
      worth.forEach(({ slot, value }) => dearest.set(slot, Math.max(dearest.get(slot) || 0, value)));
      const papers = new Set(PAPERS.flatMap((paper, i) => (worth.has(stemOf(paper)) ? [i] : [])));
      // First how much of the query each passage holds; how near it is to a wording is asked only of those that hold enough.
      const candidates = [];
      for (let id = 0; id < many; id += 1) {
        if (!each.some(({ score }) => score[id])) continue;
        const lenders = [...(openingOf[id] >= 0 ? [openingOf[id]] : []), ...(data.rests[id] || [])];
        let body = 0;
        let there = 0;
        let sure = 0;
        each.forEach(({ slot, score, rare: one }) => {
          const value = lenders.reduce((best, other) => Math.max(best, OF_PAGE * score[other]), score[id]);
          body += (one * value) / total;
          const held = value ? (one * Math.min(1, FLOOR + value)) / total : 0;
          there += held;
          sure += slot.guessed ? held * GUESSED : held;
        });
        const group = groupOf[id];
        const byName = SUPPORT.includes(group) && (named(id, said, numbered) || (every.length > 2 && calls[id][0]?.all === phrase));
        candidates.push({ id, group, body, there, sure, byName, tier: SUPPORT.includes(group) && !byName ? 1 : 0 });
      }
      const most = (some) => some.reduce((best, { there }) => Math.max(best, there), 0);
      const best = most(candidates);
      const bestFirst = most(candidates.filter(({ tier }) => !tier));
      const least = ({ tier, group, byName }) => {
        if (byName) return NAMES * best;
        return tier ? KEPT * best : Math.max((group === "answer" ? ANSWERS : KEPT) * bestFirst, SAYS * best);
      };
      const hits = candidates.filter((one) => one.there >= least(one));
      hits.forEach((hit) => {
        // A query in the very words of a title, or of a wording, is for that passage.
        const [near, usual, exact] = called(hit.id, worth, dearest, total, said, phrases);
        const opens = openingOf[hit.id] < 0;
        const wording = near * NEAR * (opens || hit.group === "answer" || papers.has(paperOf[hit.id]) ? 1 : HEADING);
        const bonus = (hit.byName ? NAMED : 1) * (exact ? (opens && OTHERS.includes(hit.group) ? TITLE : EXACT) : 1);
        hit.near = near;
        hit.score = (hit.body * BODY + wording) * hit.there ** POWER * (SELDOM + usual) ** USUAL * WEIGHTS[hit.group] * bonus;
      });
      const first = hits.reduce((most, { tier, score }) => (tier ? most : Math.max(most, score)), 0);
      hits.forEach((hit) => { if (hit.score > LIFT * first) hit.tier = 0; });
      bySubject(hits);
      hits.sort(better);
      otherSubject(hits);
      onePaper(hits, papers);
      const unknown = each.filter(({ slot }) => !slot.ways.length).map(({ slot }) => slot.word);
      return { hits: ofEachPage(hits), covered: hits.slice(0, 5).some(({ sure, score }) => sure + BETTER * Math.log(score) >= COVERED), unknown, asked: sought };
    }

    const better = (a, b) => a.tier - b.tier || b.score - a.score || a.id - b.id;

    // What most of the best results are about is likelier meant than what one alone is.
    function bySubject(hits) {
      const best = [...hits].sort(better).slice(0, AMONG);
      const shares = new Map();
      const all = best.reduce((sum, { score }) => sum + score ** 2, 0);
      best.forEach(({ id, score }) => shares.set(subjectOf[id], (shares.get(subjectOf[id]) || 0) + score ** 2 / all));
      hits.forEach((hit) => { hit.score *= 1 + SUBJECT * (shares.get(subjectOf[hit.id]) || 0); });
    }

    const toThird = (hits, at) => { if (at > 2) hits.splice(2, 0, ...hits.splice(at, 1)); };

    // Where the first two are about one subject, the third is the best of what is about another, if it is nearly as good.
    function otherSubject(hits) {
      if (hits.length < 4 || subjectOf[hits[0].id] !== subjectOf[hits[1].id]) return;
      const least = OTHER * hits[2].score;
      const at = hits.findIndex(({ id, tier, score }, i) => i > 1 && subjectOf[id] !== subjectOf[hits[0].id] && tier === hits[2].tier && score >= least);
      toThird(hits, at);
    }

    // Who asks for a letter, or what means one, is shown one: the best comes third, if it holds about as much of the query as the first result.
    function onePaper(hits, papers) {
      const at = hits.findIndex(({ id, there }) => papers.has(paperOf[id]) && there >= KEPT * hits[0].there);
      toThird(hits, at);
    }

    // One page does not crowd out the others; its further passages come last.
    function ofEachPage(hits) {
      const counts = new Map();
      const kept = [];
      const later = [];
      hits.forEach((hit) => {
        const page = pageOf[hit.id];
        const count = (counts.get(page) || 0) + 1;
        counts.set(page, count);
        (count > OF_ONE_PAGE && hit.group !== "source" ? later : kept).push(hit);
      });
      return [...kept, ...later];
    }

    // The stems by which a word of an excerpt is one that was found: of a phrase that means the same no single word is.
    const marks = (asked) => new Set(asked.flatMap(({ ways }) => ways.flatMap(([stems, counts]) => (stems.length === 1 || counts !== SYNONYM ? stems : []))));

    const isFound = (word, words) => tokens(word).some(({ whole, parts }) => words.has(whole) || parts.some((part) => part.length > 1 && words.has(part)));

    // A text in pieces, each with whether it is a word that was found.
    const pieces = (text, words) => text.split(/([$§]?[\p{L}\p{M}\p{N}]+(?:[-’'.,(][\p{L}\p{M}\p{N}]+\)?)*)/u)
      .map((piece, i) => [piece, Boolean(i % 2) && isFound(piece, words)]).filter(([piece]) => piece);

    // The whole sentences that say most of what was asked, in their order: an answer entirely, of anything else one or two.
    function excerpt(sentences, asked, group) {
      if (group === "answer") return sentences;
      const said = sentences.filter(Boolean);
      const value = said.map((sentence) => {
        const there = new Set(tokens(sentence).flatMap(({ whole, parts }) => [whole, ...parts]));
        return asked.reduce((sum, { ways }) => {
          const way = ways.find(([stems]) => stems.every((one) => there.has(one)));
          return sum + (way ? Math.max(...way[0].map(rare)) * way[1] : 0);
        }, 0);
      });
      const order = said.map((_, i) => i).sort((a, b) => value[b] - value[a] || a - b);
      const kept = order.slice(0, 1);
      if (order.length > 1 && said[order[0]].length + said[order[1]].length < EXCERPT && value[order[1]]) kept.push(order[1]);
      return kept.sort((a, b) => a - b).map((i) => said[i]);
    }

    // Where the text of a passage stands: in which part, and at which place of it.
    function text(id) {
      let part = data.parts.length - 1;
      while (data.parts[part] > id) part -= 1;
      return [part, id - data.parts[part]];
    }

    const address = (id) => data.pages[pageOf[id]][0] + (places[id] ? `#${places[id]}` : "");
    const label = (slug) => data.groups.find(([one]) => one === slug)[1];

    const passage = (id) => ({ address: address(id), title: titles[id], where: data.pages[pageOf[id]][1], group: groupOf[id] });

    return { find, marks, pieces, excerpt, text, label, address, passage };
  }

  scope.OTR_WORDS = { stem, folded, tokens, open };
})(globalThis);
