/** The lessons' prose. A missing or misspelt front matter field stops the build, which names the file and the field. */
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'zod';

const lessons = defineCollection({
  // 'lessons/01-key-metrics/index.mdx' is the lesson 'key-metrics'.
  loader: glob({
    base: './lessons',
    pattern: '*/index.mdx',
    generateId: ({ entry }) => entry.replace(/^\d+-/, '').replace(/\/index\.mdx$/, ''),
  }),
  schema: z.strictObject({
    title: z.string().min(3),
    /** One sentence on the course's path. */
    summary: z.string().min(10),
    kind: z.enum(['principle', 'project']),
    /** Place in the course, from 1. */
    order: z.int().min(1),
    /** Wall time for the whole lesson. */
    minutes: z.int().min(1),
  }),
});

/** Pages to look things up in, each at `/<file name>/`. */
const references = defineCollection({
  loader: glob({ base: './lessons', pattern: '*.mdx' }),
  schema: z.strictObject({ title: z.string().min(3), summary: z.string().min(10) }),
});

export const collections = { lessons, references };
