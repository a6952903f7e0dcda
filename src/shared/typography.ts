/** A number stays on the line of its unit: '80 %', '256 MB' and '5 s' are read as one. */
const beforeUnit = /(?<=\d) (?=(?:%|[kMGT]i?B|B|ms|s|min|h)(?!\w))/g;

export const unbroken = (text: string): string => text.replace(beforeUnit, '\u00a0');
