/** An INFO report, live or from a file, as key → value. */
export type InfoReport = Readonly<Record<string, string>>;

export function parseInfo(text: string): InfoReport {
  const pairs = text.split(/\r?\n/).flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 && !line.startsWith('#') ? [[line.slice(0, colon), line.slice(colon + 1).trim()] as const] : [];
  });
  return Object.fromEntries(pairs);
}

/** A number of the report; NaN when it is not there. */
export const infoNumber = (report: InfoReport, key: string): number => Number.parseFloat(report[key] ?? '');

/** The parts of a value such as 'calls=12,usec=340,usec_per_call=28.33'. */
export function infoParts(value: string | undefined): Readonly<Record<string, string>> {
  const parts = (value ?? '').split(',').map((part) => part.split('='));
  return Object.fromEntries(parts.flatMap(([key, ...rest]) => (key && rest.length ? [[key, rest.join('=')]] : [])));
}
