/** What a lesson has from top to bottom: its headings and its steps, as they stand in the prose. */
import type { MarkdownHeading } from 'astro';

export interface OutlineEntry {
  /** The id to link to. */
  readonly id: string;
  readonly text: string;
  readonly step: boolean;
}

const places = /^(?:(```|~~~)|(## )|<Step\b[^>]*\bid="([^"]+)"(?:[^>]*\btitle="([^"]+)")?)/gm;

/** `headings` are those that Astro found in `body`: it knows their ids, but not the steps between them. */
export function outlineOf(body: string, headings: readonly MarkdownHeading[]): readonly OutlineEntry[] {
  const second = headings.filter(({ depth }) => depth === 2).values();
  const entries: OutlineEntry[] = [];
  let fenced = false;
  for (const [, fence, heading, step, title] of body.matchAll(places)) {
    if (fence) fenced = !fenced;
    else if (fenced) continue;
    else if (step) entries.push({ id: step, text: title ?? stepTitle(step), step: true });
    else if (heading) {
      const next = second.next().value;
      if (next) entries.push({ id: next.slug, text: next.text, step: false });
    }
  }
  return entries;
}

/** The heading of a step whose author gave it none. */
export const stepTitle = (id: string): string => id.slice(0, 1).toUpperCase() + id.slice(1).replaceAll('-', ' ');
