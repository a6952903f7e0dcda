/** The instructor's first page: log in, see the workshops, make a new one. */
import type { WorkshopView } from '#shared/board.ts';
import { api, troubleText } from '../api.ts';
import { button, element } from '../element.ts';
import { onSubmit } from '../submit.ts';
import { creationForm, type LessonChoice } from './creation-form.ts';

interface Listing {
  readonly workshops: readonly (WorkshopView & { readonly joinLink: string })[];
  readonly lessons: readonly LessonChoice[];
}

const when = (iso: string): string =>
  new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** A link and not a call: the browser goes to the provider and comes back. */
const schoolLogin = (): HTMLElement =>
  element(
    'p',
    {},
    element('a', { class: 'button primary', href: '/api/instructor/openid' }, 'Log in with your school’s account'),
  );

class InstructorDesk extends HTMLElement {
  connectedCallback(): void {
    void this.#show();
  }

  async #show(): Promise<void> {
    try {
      const { name, openId } = await api<{ name: string | null; openId: boolean }>('GET', '/api/instructor');
      if (name === null) this.replaceChildren(...(openId ? [schoolLogin()] : []), this.#login());
      else this.replaceChildren(...(await this.#desk(name)));
    } catch (trouble) {
      this.replaceChildren(element('p', { role: 'alert' }, troubleText(trouble)));
    }
  }

  #login(): HTMLElement {
    const name = element('input', { name: 'name', required: '', autocomplete: 'name', id: 'login-name' });
    const secret = element('input', {
      name: 'secret',
      type: 'password',
      required: '',
      autocomplete: 'current-password',
      id: 'login-secret',
    });
    const status = element('p', { role: 'alert' });
    const form = element(
      'form',
      { class: 'stack card' },
      element('h2', {}, 'Log in'),
      element('p', {}, 'With the secret that the server printed when it was started first.'),
      element('label', { for: 'login-name' }, 'Your name, as learners see it'),
      name,
      element('label', { for: 'login-secret' }, 'Instructor’s secret'),
      secret,
      element('button', { class: 'button primary' }, 'Log in'),
      status,
    );
    onSubmit(form, () =>
      api('POST', '/api/instructor/login', { body: { name: name.value, secret: secret.value } })
        .then(() => this.#show())
        .catch((trouble: unknown) => {
          status.textContent = troubleText(trouble);
        }),
    );
    return form;
  }

  async #desk(name: string): Promise<readonly HTMLElement[]> {
    const { workshops, lessons } = await api<Listing>('GET', '/api/workshops');
    const leave = button('Log out', 'small quiet', () => {
      void api('DELETE', '/api/instructor/login').then(() => this.#show());
    });
    // The own ones first: with several at once, a colleague's must not be taken for one's own.
    const mine = (one: WorkshopView) => one.instructors.includes(name);
    const current = workshops.filter((one) => one.state !== 'archived');
    const list = current.length
      ? this.#table(current.toSorted((a, b) => Number(mine(b)) - Number(mine(a))))
      : element('p', { class: 'empty' }, 'No workshop yet. Make the first one below.');
    const archived = workshops.filter((one) => one.state === 'archived');
    return [
      element('p', { class: 'row' }, `Logged in as ${name}.`, leave),
      element('h2', {}, 'Workshops'),
      list,
      ...(archived.length
        ? [element('details', {}, element('summary', {}, `${archived.length} archived`), this.#table(archived))]
        : []),
      element('h2', {}, 'A new workshop'),
      creationForm(lessons, (made) => {
        location.href = `/instructor/board/?workshop=${made}`;
      }),
    ];
  }

  #table(workshops: readonly WorkshopView[]): HTMLElement {
    const heads = ['Workshop', 'Code', 'When', 'State', 'Learners', 'Run by'];
    const table = element(
      'table',
      { class: 'workshops' },
      element('thead', {}, element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, text)))),
      element('tbody', {}, ...workshops.map((one) => this.#row(one))),
    );
    return element('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': 'Workshops' }, table);
  }

  #row(workshop: WorkshopView): HTMLElement {
    return element(
      'tr',
      {},
      element(
        'th',
        { scope: 'row' },
        element('a', { href: `/instructor/board/?workshop=${workshop.id}` }, workshop.title),
      ),
      element('td', {}, element('code', {}, workshop.code)),
      element('td', {}, `${when(workshop.startsAt)} – ${when(workshop.endsAt)}`),
      element('td', {}, workshop.state),
      element('td', {}, `${workshop.members} of ${workshop.seats}`),
      element('td', {}, workshop.instructors.join(', ')),
    );
  }
}

customElements.define('instructor-desk', InstructorDesk);
