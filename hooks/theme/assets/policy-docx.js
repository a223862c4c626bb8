// The draft as a Word file, by the library docx (https://docx.js.org), which is fetched when a reader asks for the file.
window.OTRDocx = (function () {
  "use strict";

  const HEADING = "look(heading office)";
  const [INK, SOFT, LINK, PANEL] = ["look(ink word)", "look(soft word)", "look(link word)", "look(panel word)"];
  const FORMATS = { ul: "bullets", ol: "numbers" };
  const indent = (level) => ({ indent: { left: 360 * (level + 1), hanging: 360 } });

  // A short policy is set to stand on two pages.
  const close = (draft) => draft.form !== "full";

  function numbering(docx, tight) {
    const { AlignmentType, LevelFormat } = docx;
    const level = (format, text, number, paragraph) => ({ level: number, format, text, alignment: AlignmentType.LEFT, style: { paragraph } });
    const three = [0, 1, 2];
    return {
      config: [
        { reference: "sections", levels: [level(LevelFormat.DECIMAL, "%1.", 0, { indent: { left: 0, hanging: 0 } }), level(LevelFormat.DECIMAL, "%1.%2", 1, { indent: tight ? { left: 500, hanging: 500 } : { left: 0, hanging: 0 } })] },
        { reference: "bullets", levels: three.map((n) => level(LevelFormat.BULLET, "•", n, indent(n))) },
        { reference: "numbers", levels: three.map((n) => level(LevelFormat.DECIMAL, `%${n + 1}.`, n, indent(n))) },
      ],
    };
  }

  function styles(tight) {
    const scale = tight ? 0.8 : 1;
    const heading = (large, before, after) => ({ size: Math.round(large * scale), before: before * (tight ? 0.4 : 1), after: after * (tight ? 0.5 : 1) });
    const made = ({ size, before, after }) => ({ run: { font: HEADING, size, bold: true, color: INK }, paragraph: { spacing: { before, after }, keepNext: true } });
    return {
      default: {
        document: { run: { font: "look(draft office)", size: tight ? 20 : 22, color: INK, language: { value: "en-US" } }, paragraph: { spacing: { after: tight ? 50 : 120, line: tight ? 244 : 276 } } },
        title: made(heading(40, 0, 160)),
        heading1: made(heading(30, 360, 120)),
        heading2: made(heading(24, 240, 80)),
        hyperlink: { run: { color: LINK, underline: { type: "single" } } },
      },
      characterStyles: [{ id: "Blank", name: "Blank", basedOn: "DefaultParagraphFont", quickFormat: true, run: { italics: true, shading: { type: "clear", color: "auto", fill: PANEL } } }],
      paragraphStyles: [{ id: "Notice", name: "Notice", basedOn: "Normal", next: "Normal", quickFormat: true, run: { color: SOFT }, paragraph: { spacing: { after: 240 } } }],
    };
  }

  const bookmark = (id) => `s_${id.replace(/-/g, "_")}`.slice(0, 40);

  function runs(docx, items) {
    return items.map((run) => {
      // A number that follows its section when Word renews the fields (ECMA-376, part 1, 17.16.5.51).
      if (run.to) return new docx.SimpleField(`REF ${bookmark(run.to)} \\r \\h`, run.text);
      const text = new docx.TextRun({
        text: run.text,
        bold: run.mark === "strong" || undefined,
        italics: run.mark === "em" || undefined,
        style: run.href ? "Hyperlink" : run.blank ? "Blank" : undefined,
      });
      return run.href ? new docx.ExternalHyperlink({ link: run.href, children: [text] }) : text;
    });
  }

  function paragraphs(docx, blocks, tight) {
    const { HeadingLevel, Paragraph } = docx;
    // The text of a numbered rule stands under its first words.
    const within = blocks.some((block) => block.kind === "np");
    let instance = 0;
    return blocks.map((block) => {
      const own = runs(docx, block.runs);
      const children = block.clause && block.kind !== "li" ? [new docx.Bookmark({ id: bookmark(block.clause.id), children: own })] : own;
      if (block.kind === "title") return new Paragraph({ heading: HeadingLevel.TITLE, children });
      if (block.kind === "h1" || block.kind === "h2") {
        const level = block.kind === "h1" ? 0 : 1;
        return new Paragraph({ heading: level ? HeadingLevel.HEADING_2 : HeadingLevel.HEADING_1, pageBreakBefore: block.style === "paper" || undefined, numbering: block.number ? { reference: "sections", level } : undefined, children });
      }
      if (block.kind === "np") return new Paragraph({ numbering: { reference: "sections", level: 1 }, children });
      if (block.kind === "li") {
        if (block.first && !block.level) instance += 1;
        return new Paragraph({ style: "ListParagraph", indent: within && block.of ? { left: 860 + 360 * block.level, hanging: 360 } : undefined, numbering: { reference: FORMATS[block.list], level: block.level, instance }, spacing: { after: tight ? 20 : 80 }, children });
      }
      const before = block.style === "sign" ? { before: 240 } : undefined;
      return new Paragraph({ style: block.style === "notice" ? "Notice" : undefined, spacing: before, indent: within && block.of ? { left: 500 } : undefined, children });
    });
  }

  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

  // Dublin Core, with the language, which the library leaves out (ECMA-376, part 2, 11).
  function properties(title, series, now) {
    const stamp = now.toISOString().replace(/\.\d+Z$/, "Z");
    return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(title)}</dc:title><dc:subject>Draft policy, not legal advice</dc:subject><dc:creator>${escaped(series)}</dc:creator><dc:language>en-US</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">${stamp}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${stamp}</dcterms:modified></cp:coreProperties>`;
  }

  // A Blob. `now` is the reader's clock, `day` the same as words.
  function toBlob(docx, data, draft, now, day) {
    const { AlignmentType, Document, Footer, Header, Packer, PageNumber, Paragraph, TextRun } = docx;
    const title = window.OTRDraft.textOf(draft.blocks[0].runs);
    const small = (children, alignment) => new Paragraph({ alignment, spacing: { after: 0 }, children: children.map((part) => new TextRun({ size: 18, color: SOFT, ...part })) });
    const document = new Document({
      title,
      creator: data.series,
      description: `Draft of ${day}`,
      features: { updateFields: false },
      styles: styles(close(draft)),
      numbering: numbering(docx, close(draft)),
      sections: [{
        properties: { page: { size: { width: 12240, height: 15840 }, margin: close(draft) ? { top: 1000, right: 1200, bottom: 1000, left: 1200, header: 500, footer: 500 } : { top: 1440, right: 1440, bottom: 1440, left: 1440 } } },
        headers: { default: new Header({ children: [small([{ text: `${title}. Draft of ${day}` }], AlignmentType.RIGHT)] }) },
        footers: { default: new Footer({ children: [small([{ children: [`Draft of ${day}, not legal advice. Page `, PageNumber.CURRENT, " of ", PageNumber.TOTAL_PAGES] }], AlignmentType.LEFT)] }) },
        children: paragraphs(docx, [...draft.blocks, ...draft.closing], close(draft)),
      }],
    });
    return Packer.toBlob(document, undefined, [{ path: "docProps/core.xml", data: properties(title, data.series, now) }]);
  }

  return { toBlob };
})();
