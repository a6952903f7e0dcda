/** A stored time as the wire has it. */
export const iso = (milliseconds: unknown): string => new Date(Number(milliseconds)).toISOString();
