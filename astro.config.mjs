import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import { precompress } from './src/server/http/precompress.ts';
import { unbroken } from './src/shared/typography.ts';

const numbersWithUnits = {
  name: 'numbers-with-units',
  text: (node, tree) => tree.setProperty(node, 'value', unbroken(node.value)),
};

// Pages are static: one Node process (src/server/main.ts) serves them beside the API and the WebSockets.
export default defineConfig({
  output: 'static',
  trailingSlash: 'always',
  integrations: [mdx(), precompress()],
  devToolbar: { enabled: false },
  build: { inlineStylesheets: 'never' },
  markdown: {
    processor: satteri({ mdastPlugins: [numbersWithUnits] }),
    shikiConfig: {
      themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
      defaultColor: false,
    },
  },
});
