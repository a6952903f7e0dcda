import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('letters are measured rightly, whatever lies in the memory that Buffers share', () => {
  const program = `
    import xterm from '@xterm/headless';
    Buffer.from('\\0'.repeat(100));
    const { UnicodeGraphemesAddon } = await import('./graphemes.ts');
    const terminal = new xterm.Terminal({ allowProposedApi: true });
    terminal.loadAddon(new UnicodeGraphemesAddon());
    const cells = (text) => new Promise((done) => terminal.write('\\r' + text, () => done(terminal.buffer.active.cursorX)));
    console.log(await cells('a'), await cells('漢'), await cells('e\\u0301'), await cells('👩‍👩‍👧'), Buffer.poolSize > 0);
  `;
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  expect(said).toBe('1 2 1 2 true\n');
});
