import { expect, it } from 'vitest';
import { outlineOf } from './outline.ts';

it('has headings and steps in the order of the prose, and nothing of a code block', () => {
  const body = `Words.

## What INFO says

\`\`\`text
## no heading
<Step id="no-step">
\`\`\`

<Step id="reports" title="Take two reports">

### deeper

</Step>

<Step id="read-them">
</Step>

## What you can do now
`;
  const headings = [
    { depth: 2, slug: 'what-info-says', text: 'What INFO says' },
    { depth: 3, slug: 'deeper', text: 'deeper' },
    { depth: 2, slug: 'what-you-can-do-now', text: 'What you can do now' },
  ];
  expect(outlineOf(body, headings)).toEqual([
    { id: 'what-info-says', text: 'What INFO says', step: false },
    { id: 'reports', text: 'Take two reports', step: true },
    { id: 'read-them', text: 'Read them', step: true },
    { id: 'what-you-can-do-now', text: 'What you can do now', step: false },
  ]);
});
