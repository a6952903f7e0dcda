/** What a learner can do with the whole lab. Whatever loses work asks first; a refusal is shown as the server worded it. */
import { api, ApiRefusal, troubleText } from './api.ts';
import { ask, tell, type Question } from './ask.ts';

/** Gets or makes the lab for a lesson; a lab that stands at another lesson is made anew only after a question. */
export async function startLab(lesson: string, reset = false): Promise<void> {
  try {
    await api('POST', '/api/lab', { body: reset ? { lesson, reset } : { lesson }, repeatable: true });
  } catch (trouble) {
    const elsewhere = trouble instanceof ApiRefusal && trouble.status === 409 && !reset;
    if (!elsewhere) return tell(troubleText(trouble));
    if (await ask({ ...bringHere, text: trouble.message })) await startLab(lesson, true);
  }
}

export const extendLease = (): Promise<void> => act('POST', '/api/lab/extend');

export const startHost = (host: string): Promise<void> => act('POST', `/api/lab/hosts/${host}/start`);

export async function resetStep(): Promise<void> {
  if (await ask(backToStep)) await act('POST', '/api/lab/reset', { to: 'step' });
}

export async function resetLesson(): Promise<void> {
  if (await ask(backToStart)) await act('POST', '/api/lab/reset', { to: 'lesson' });
}

export async function resetLab(): Promise<void> {
  if (await ask(newMachines)) await act('POST', '/api/lab/reset', { to: 'lab' });
}

export async function replaceHost(host: string): Promise<void> {
  const agreed = await ask({
    title: `Replace ${host}?`,
    text: `${host} is made anew, with its old name and address. What you installed, wrote or stored on it is lost; the other hosts stay as they are.`,
    action: `Replace ${host}`,
  });
  if (agreed) await act('POST', `/api/lab/hosts/${host}/replace`);
}

export async function endLab(): Promise<void> {
  if (await ask(end)) await act('DELETE', '/api/lab');
}

async function act(method: string, path: string, body?: unknown): Promise<void> {
  try {
    await api(method, path, body === undefined ? {} : { body });
  } catch (trouble) {
    await tell(troubleText(trouble));
  }
}

const stays = 'Your progress and your answers stay.';

/** The server says what stands there now. */
const bringHere: Omit<Question, 'text'> = { title: 'Bring the lab to this lesson?', action: 'Make it anew' };
const backToStep: Question = {
  title: 'Back to the start of this step?',
  text: `The lab is made anew and brought to where your step begins: the solutions of the steps before it run in it. What you did on its hosts, and their shells, are lost. ${stays}`,
  action: 'Back to the step',
};
const backToStart: Question = {
  title: 'Back to the start of this lesson?',
  text: `The lab is prepared again as the lesson begins. What you did on its hosts since, and their shells, are lost. ${stays}`,
  action: 'Back to the start',
};
const newMachines: Question = {
  title: 'Reset the lab?',
  text: `Every host is made anew and nothing is prepared on it for a lesson. What you did on the hosts, and their shells, are lost. ${stays}`,
  action: 'Reset the lab',
};
const end: Question = {
  title: 'End the lab?',
  text: `Its hosts and everything on them are removed, and the machine's memory is free again. ${stays} A new lab takes seconds.`,
  action: 'End the lab',
};
