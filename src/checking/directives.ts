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

/** Bytes of a size as redis.conf writes it: "1mb", "64MB", "1048576". NaN when it is none. */
export function bytesOf(size: string): number {
  const [, number, unit = ''] = /^(\d+)\s*([kmg]?b?)$/i.exec(size.trim()) ?? [];
  // In redis.conf 1k is 1000 and 1kb is 1024.
  const factors: Readonly<Record<string, number>> = {
    '': 1,
    b: 1,
    k: 1e3,
    kb: 2 ** 10,
    m: 1e6,
    mb: 2 ** 20,
    g: 1e9,
    gb: 2 ** 30,
  };
  return Number(number) * (factors[unit.toLowerCase()] ?? NaN);
}

function words(line: string): readonly string[] {
  const found = line.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\S+)/g);
  return [...found].map(([, double, single, bare]) => {
    const quoted = double ?? single;
    return quoted === undefined ? (bare ?? '') : quoted.replaceAll(/\\(.)/g, '$1');
  });
}
