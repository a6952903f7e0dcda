/** `npm run lesson -- …`: what an author does with lessons. The first word is the command. */
import { EngineUnreachable, NoRoom } from '#sandbox/driver.ts';
import { commands } from './commands.ts';
import { Complaint } from './complaint.ts';

const [name = 'help', ...words] = process.argv.slice(2);
try {
  const command = commands[name];
  if (!command) throw new Complaint(`There is no command "${name}". Commands: ${Object.keys(commands).join(', ')}`);
  process.exitCode = await command.run(words);
} catch (error) {
  const plain = [Complaint, EngineUnreachable, NoRoom].some((kind) => error instanceof kind);
  console.error(plain && error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
process.exit();
