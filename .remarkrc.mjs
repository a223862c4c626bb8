// Editors check front matter as you type: in VS Code with the extension unifiedjs.vscode-remark, elsewhere with
// any unified language server. The schemas are written by `make schemas`.
import remarkFrontmatter from "remark-frontmatter";
import remarkLintFrontmatterSchema from "remark-lint-frontmatter-schema";

export default {
  plugins: [
    remarkFrontmatter,
    [
      remarkLintFrontmatterSchema,
      {
        schemas: {
          "./schemas/publication.schema.json": ["./briefs/!(index).md", "./whitepaper/*.md", "./docs/course/{index,workbook}.md", "./docs/course/packs/*.md", "./docs/questions/index.md"],
          "./schemas/case-study.schema.json": ["./docs/case-studies/!(index).md"],
          "./schemas/course-module.schema.json": ["./docs/course/[0-9]*.md"],
          "./schemas/slides.schema.json": ["./docs/course/slides/*.md"],
          "./schemas/deck.schema.json": ["./docs/course/decks/*.md"],
        },
      },
    ],
  ],
};
