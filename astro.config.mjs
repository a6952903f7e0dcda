import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import { precompress } from './src/server/http/precompress.ts';

// Pages are static: one Node process (src/server/main.ts) serves them beside the API and the WebSockets.
export default defineConfig({
  output: 'static',
  trailingSlash: 'always',
  integrations: [mdx(), precompress()],
  devToolbar: { enabled: false },
  build: { inlineStylesheets: 'never' },
  markdown: {
    shikiConfig: {
      themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
      defaultColor: false,
    },
  },
});
