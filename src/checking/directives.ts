/** The lines of a redis.conf or sentinel.conf as Redis reads them: comments left out, quotes removed. */
export interface Directive {
  /** In lower case, as Redis compares it. */
  readonly name: string;
  readonly values: readonly string[];
}

export function directives(text: string): readonly Directive[] {
  return text.split('\n').flatMap((line) => {
    if (/^\s*#/.test(line)) return [];
    const [name, ...values] = words(line);
    return name === undefined ? [] : [{ name: name.toLowerCase(), values }];
  });
}

/** The values of the last line with one of these names: the one that counts. */
export function lastDirective(text: string, ...names: readonly string[]): readonly string[] | undefined {
  return directives(text).findLast((directive) => names.includes(directive.name))?.values;
}

function words(line: string): readonly string[] {
  const found = line.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\S+)/g);
  return [...found].map(([, double, single, bare]) => {
    const quoted = double ?? single;
    return quoted === undefined ? (bare ?? '') : quoted.replaceAll(/\\(.)/g, '$1');
  });
}
