// Word files for “Check my policy”: the text of one that a reader opens, and the blocks of the one with proposed changes, which
// policy-docx.js writes. Nothing here touches the page.
(function () {
  "use strict";

  const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  // A policy is some pages of text. What unpacks to more is something else, or means harm.
  const MOST_BYTES = 10 * 1024 * 1024;
  const MOST_UNPACKED = 30 * 1024 * 1024;
  const TEXT_PARTS = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"];
  const SAID = {
    big: "This file is larger than 10 MB. Open it yourself, copy the text, and paste it.",
    pdf: "A PDF cannot be opened here. Open it yourself, copy the text, and paste it. A scan has to be turned into text first.",
    old: "This is an older Word file (.doc), or one with a password. Save it as .docx without a password, or paste its text.",
    none: "This is no Word file (.docx) that can be read here. Copy the text, and paste it.",
    empty: "No text was found in this file. If it holds pictures of pages, they have to be turned into text first.",
  };
  const failure = (key) => Object.assign(new Error(SAID[key]), { said: SAID[key] });

  // What a file is, by its first bytes and not by its name.
  function kindOf(bytes) {
    const begins = (...signs) => signs.every((sign, index) => bytes[index] === sign);
    if (begins(0x50, 0x4b, 0x03, 0x04)) return "zip";
    if (begins(0xd0, 0xcf, 0x11, 0xe0)) return "old";
    if (begins(0x25, 0x50, 0x44, 0x46)) return "pdf";
    return bytes.subarray(0, 4000).includes(0) && !begins(0xff, 0xfe) && !begins(0xfe, 0xff) ? "none" : "text";
  }

  // Plain text: UTF-16 by its mark, UTF-8, and what is neither as an older Windows file.
  function decoded(bytes) {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
    try { return new TextDecoder("utf-8", { fatal: true }).decode(bytes); } catch { return new TextDecoder("windows-1252").decode(bytes); }
  }

  // A paragraph of WordprocessingML as a line. Deleted and hidden text is left out, a list item gets a mark.
  function line(paragraph) {
    let text = "";
    const walk = (node) => {
      for (const child of node.children) {
        if (child.namespaceURI !== W) {
          // A text box stands twice, once for older programs.
          if (child.localName !== "Fallback") walk(child);
        } else if (child.localName === "t") text += child.textContent;
        else if (child.localName === "tab") text += " ";
        else if (child.localName === "br" || child.localName === "cr") text += "\n";
        else if (child.localName === "noBreakHyphen") text += "-";
        else if (!["del", "moveFrom", "pPr", "rPr", "instrText", "delText"].includes(child.localName) && !hidden(child)) walk(child);
      }
    };
    const hidden = (run) => run.localName === "r" && [...run.children].some((part) => part.localName === "rPr" && [...part.children].some((one) => one.localName === "vanish"));
    walk(paragraph);
    const settings = [...paragraph.children].find((child) => child.localName === "pPr");
    const style = settings && [...settings.children].find((child) => child.localName === "pStyle");
    const listed = settings && ([...settings.children].some((child) => child.localName === "numPr") || /list/i.test(style?.getAttributeNS(W, "val") || ""));
    const heading = /^(?:heading|title)/i.test(style?.getAttributeNS(W, "val") || "");
    const own = text.replace(/[ \t\u00a0]+/g, " ").trim();
    return own && listed && !heading ? `- ${own}` : own;
  }

  function textOfXml(xml) {
    const tree = new DOMParser().parseFromString(xml, "application/xml");
    if (tree.getElementsByTagName("parsererror").length) throw failure("none");
    return [...tree.getElementsByTagNameNS(W, "p")].map(line).filter(Boolean).join("\n\n");
  }

  // The text of a file's bytes. `fflate`: gives the library that unpacks. Throws an error with `said`, words for the reader.
  async function read(bytes, fflate) {
    if (bytes.length > MOST_BYTES) throw failure("big");
    const kind = kindOf(bytes);
    if (kind === "pdf" || kind === "old" || kind === "none") throw failure(kind);
    let text = "";
    if (kind === "text") text = decoded(bytes);
    else {
      const library = await fflate();
      let size = 0;
      let parts;
      try {
        parts = library.unzipSync(bytes, { filter: (file) => {
          if (!TEXT_PARTS.includes(file.name)) return false;
          size += file.originalSize;
          if (size > MOST_UNPACKED) throw failure("big");
          return true;
        } });
      } catch (error) {
        throw error.said ? error : failure("none");
      }
      if (!parts[TEXT_PARTS[0]]) throw failure("none");
      text = TEXT_PARTS.filter((name) => parts[name]).map((name) => textOfXml(library.strFromU8(parts[name]))).join("\n\n");
    }
    if (!text.trim()) throw failure("empty");
    return text;
  }

  const tidy = (text) => text.replace(/\s+/g, " ").trim();

  // The blocks of the file with proposed changes. `told` gives the words of a rule as the page shows them:
  // told.ground(id) → {title, why, instead, law: [text], clauses: [id]}; told.element(id) and told.fact(id) → {title, missing, clauses}.
  function proposals(data, text, result, told, day) {
    const blocks = [];
    const add = (kind, words, more = {}) => blocks.push({ kind, runs: (Array.isArray(words) ? words : [{ text: words }]), ...more });
    const strong = (label, words) => [{ text: label, mark: "strong" }, { text: ` ${words}` }];
    const item = (words, first) => add("li", words, { list: "ul", level: 0, first });
    const wanted = [];
    const want = (ids) => ids.forEach((id) => { if (data.clauses[id] && !wanted.includes(id)) wanted.push(id); });
    const named = (ids) => ids.filter((id) => data.clauses[id]).map((id) => data.clauses[id].title).join("; ");

    add("title", "Proposed changes to a social media policy");
    add("p", `Made on ${day} by comparing the words of a policy with rules (${data.page}). It finds words and judges no law: have counsel read it.`, { style: "notice" });
    if (result.grounds.length) {
      add("h1", "Phrases to change");
      const byRule = new Map();
      result.grounds.forEach((one) => byRule.set(one.ground, [...(byRule.get(one.ground) || []), one]));
      byRule.forEach((found, id) => {
        const rule = told.ground(id);
        add("h2", rule.title);
        [...new Set(found.map((one) => tidy(text.slice(one.from, one.to))))].forEach((quoted, index) => item(strong("Now:", `“${quoted}”`), index === 0));
        add("p", strong("Why:", rule.why));
        rule.law.forEach((law, index) => item(law, index === 0));
        add("p", strong("Instead:", rule.instead));
        if (named(rule.clauses)) add("p", strong("Clause:", named(rule.clauses)));
        want(rule.clauses);
      });
    }
    const lacking = result.elements.filter((one) => one.level !== "there");
    if (lacking.length) {
      add("h1", "Elements to add or fill");
      lacking.forEach((one, index) => {
        const rule = told.element(one.element);
        item(strong(`${rule.title} (${one.level}):`, `${rule.missing}${named(rule.clauses) ? ` Clauses: ${named(rule.clauses)}.` : ""}`), index === 0);
        want(rule.clauses);
      });
    }
    const unsaid = result.facts.filter((one) => !one.stated);
    if (unsaid.length) {
      add("h1", "What else to say");
      unsaid.forEach((one, index) => {
        const rule = told.fact(one.fact);
        item(strong(`${rule.title}:`, rule.missing), index === 0);
        want(rule.clauses);
      });
    }
    if (wanted.length) {
      add("h1", "Model clauses");
      add("p", "Brackets are yours to fill in. Each clause is explained on the page that it comes from.");
      wanted.forEach((id) => {
        const clause = data.clauses[id];
        add("h2", clause.title);
        clause.lines.forEach((one, index) => add(one.list ? "li" : "p", one.text, one.list ? { list: one.list, level: one.level, first: !clause.lines[index - 1]?.list } : {}));
        add("p", [{ text: "From: " }, { text: clause.label, href: clause.url }]);
      });
    }
    if (blocks.length === 2) add("p", "Nothing was found to change, and nothing to be missing. That is no finding that the policy is lawful.");
    return { blocks, closing: [] };
  }

  const api = { read, kindOf, decoded, proposals, SAID };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else window.OTRCheckWord = api;
})();
