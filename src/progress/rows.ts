/** How times and JSON stand in the tables. */
export const iso = (milliseconds: unknown): string => new Date(Number(milliseconds)).toISOString();
