/** `npm run lesson -- …`: what an author does with lessons. The first word is the command. */
import { commands } from './commands.ts';
import { Complaint } from './complaint.ts';

const [name = 'help', ...words] = process.argv.slice(2);
const command = commands[name] ?? commands['help'];
try {
  process.exitCode = await command?.run(words);
} catch (error) {
  console.error(error instanceof Complaint ? error.message : error);
  process.exitCode = 2;
}
process.exit();
