/** Above the board: the code to join by, and what is done to the whole class. */
import type { WorkshopView } from '#shared/board.ts';
import { api, troubleText } from '../api.ts';
import { ask } from '../ask.ts';
import { button, element } from '../element.ts';

const quarter = 15 * 60_000;

export function workshopTools(workshop: WorkshopView, say: (text: string) => void): readonly HTMLElement[] {
  const path = `/api/workshops/${workshop.id}`;
  const change = (body: unknown, done: string) =>
    api('PUT', path, { body }).then(
      () => say(done),
      (trouble: unknown) => say(troubleText(trouble)),
    );
  const paused = workshop.state === 'paused';
  const ends = new Date(workshop.endsAt);

  const end = button('End for all', 'small danger', () => {
    void ask({
      title: 'End the workshop now?',
      text: 'Nobody can join any more. What everybody did is kept, and labs stay until their time is over.',
      action: 'End the workshop',
    }).then((yes) => {
      if (yes) void change({ endsAt: new Date().toISOString() }, 'The workshop has ended.');
    });
  });
  const archive = button('Archive', 'small', () => {
    void change({ archived: true }, 'The workshop is archived; its results stay here.');
  });

  const words = element('input', { id: 'say-all', placeholder: 'A word or a hint for everybody', maxlength: '2000' });
  const command = element('input', {
    id: 'say-command',
    placeholder: 'A command to go with it (optional)',
    maxlength: '2000',
  });
  const form = element(
    'form',
    { class: 'row' },
    element('label', { class: 'unseen', for: 'say-all' }, 'Say to all'),
    words,
    element('label', { class: 'unseen', for: 'say-command' }, 'Command'),
    command,
    element('button', { class: 'button small' }, 'Say to all'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const body = { text: words.value, ...(command.value ? { command: command.value } : {}) };
    api('POST', `${path}/say`, { body }).then(
      () => {
        form.reset();
        say('Said to all.');
      },
      (trouble: unknown) => say(troubleText(trouble)),
    );
  });

  const opening =
    workshop.openness === 'opened'
      ? [
          element(
            'fieldset',
            { class: 'row' },
            element('legend', {}, 'Open lessons'),
            ...workshop.lessons.map((slug) => {
              const box = element('input', {
                type: 'checkbox',
                ...(workshop.opened.includes(slug) ? { checked: '' } : {}),
              });
              box.addEventListener('change', () => {
                const others = workshop.opened.filter((one) => one !== slug);
                void change(
                  { opened: box.checked ? [...others, slug] : others },
                  `${slug} is ${box.checked ? 'open' : 'closed'}.`,
                );
              });
              return element('label', { class: 'choice' }, box, slug);
            }),
          ),
        ]
      : [];

  const shows = ['redis-1', 'redis-2', 'redis-3', 'monitor'].map((host) => element('option', { value: host }, host));
  const shown = element('select', { id: 'show-host' }, element('option', { value: '' }, 'nothing'), ...shows);
  shown.addEventListener('change', () => {
    api('POST', `${path}/show`, { body: { host: shown.value || null } }).then(
      () => say(shown.value ? `Your terminal on ${shown.value} is on everybody’s page.` : 'Nothing is shown any more.'),
      (trouble: unknown) => {
        shown.value = '';
        say(troubleText(trouble));
      },
    );
  });
  const files = ['learners.csv', 'attempts.csv', 'results.json'].map((file) =>
    element('a', { class: 'button small', href: `${path}/results/${file}`, download: '' }, file),
  );
  return [
    element('h1', {}, workshop.title),
    element(
      'div',
      { class: 'row joining' },
      element('img', {
        src: `${path}/qr.svg`,
        alt: 'The link to join, as a picture for a phone',
        width: '112',
        height: '112',
      }),
      element(
        'div',
        {},
        element('p', { class: 'soft' }, `Join at ${location.origin}/join/`),
        element('p', { class: 'code-big' }, workshop.code),
      ),
      element('p', {}, `${workshop.state}, ends ${ends.toLocaleTimeString(undefined, { timeStyle: 'short' })}`),
      button(
        paused ? 'Go on' : 'Pause',
        'small',
        () =>
          void change(
            { paused: !paused },
            paused ? 'The workshop goes on.' : 'Paused: nobody can check or enter a lesson.',
          ),
      ),
      button(
        '15 minutes more',
        'small',
        () => void change({ endsAt: new Date(ends.getTime() + quarter).toISOString() }, '15 minutes more.'),
      ),
      workshop.state === 'ended' ? archive : end,
    ),
    ...opening,
    form,
    element(
      'div',
      { class: 'row' },
      element('label', { for: 'show-host' }, 'Show to all: your own terminal on'),
      shown,
    ),
    element(
      'div',
      { class: 'row' },
      element('span', { class: 'soft' }, 'Results:'),
      ...files,
      element('a', { class: 'button small', href: `/instructor/papers/?workshop=${workshop.id}` }, 'Papers to print'),
    ),
  ];
}
