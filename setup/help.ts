import { helpText } from '../src/server/config.ts';

export function help(): string {
  return `npm start            does all the set-up, serves the course and prints its address
npm run dev          the same for authors: a changed lesson or checker shows without a restart
npm test             does the set-up and runs every test
npm run lesson -- …  the author's tools (npm run lesson -- help)
npm run bench        measures, and says what it measured

Settings, as environment variables:
${helpText()}

For the set-up:
  GRAFANA_PACKAGE_URL
      Where the set-up may fetch Grafana's package for the lab, see docs/OPERATING.md. By default nowhere.
  CHROMIUM
      The browser of the browser tests. By default an installed one.`;
}
