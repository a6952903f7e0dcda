/** What the course keeps to itself (how it judges, and what solves its steps), and what it says to everybody. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { loadLessons } from '#checking/catalogue.ts';

const root = join(import.meta.dirname, '..');
/** Shorter texts are words that anybody may use. */
const telling = 24;
const isTest = (path: string) => /\.test\.ts$|\.engine\./.test(path);

const read = (path: string) => ({ path, text: readFileSync(join(root, path), 'utf8') });
const files = (pattern: string) => globSync(pattern, { cwd: root }).filter((path) => !isTest(path));

/** A text that no browser may get, and the file that it is from. */
export interface Secret {
  readonly text: string;
  readonly from: string;
}

/** What stands on the pages by intent: the prose, the names of the steps, the sentences of the criteria, the questions. */
export async function saidToAll(): Promise<string> {
  const { lessons } = await loadLessons();
  const steps = lessons.flatMap(({ lesson }) => lesson.steps);
  const sentences = steps.flatMap(({ checker, questions = [] }) => [
    checker.step,
    ...checker.criteria.map(({ asks }) => asks),
    ...questions.flatMap(({ asks, choices = [] }) => [asks, ...choices.map(({ text }) => text)]),
  ]);
  const prose = files('lessons/**/*.mdx').map((path) => read(path).text);
  // Once more as it reads without the marks of code.
  return [...prose, ...prose.map((text) => text.replaceAll('`', '')), ...sentences].join('\n');
}

/** Every longer piece of text in the code of the checkers and of the lessons' preparations. */
export function ofCheckers(publicText: string): readonly Secret[] {
  return files('{checkers,lessons}/**/*.ts').flatMap((path) => {
    const source = ts.createSourceFile(path, read(path).text, ts.ScriptTarget.Latest);
    return piecesOf(source)
      .map((text) => text.trim())
      .filter((text) => text.length >= telling && !publicText.includes(text))
      .map((text) => ({ text, from: path }));
  });
}

/** Every longer line of the solutions and the wrong ways that the prose does not show. */
export function ofSolutions(publicText: string): readonly Secret[] {
  return files('lessons/*/steps/**/*.sh').flatMap((path) =>
    read(path)
      .text.split('\n')
      .map((line) => line.trim())
      .filter((line) => line.length >= telling && !publicText.includes(line))
      .map((text) => ({ text, from: path })),
  );
}

function piecesOf(node: ts.Node): readonly string[] {
  // The path of an import says nothing.
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return [];
  const own = ts.isStringLiteralLike(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isTemplateHead(node);
  const pieces = own ? [node.text] : [];
  ts.forEachChild(node, (child) => void pieces.push(...piecesOf(child)));
  return pieces;
}
