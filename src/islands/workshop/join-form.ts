/** Joining with code and name, or coming back by a personal link (/join/#secret). */
import type { MembershipView, WorkshopView } from '#shared/board.ts';
import type { StepProgress } from '#shared/wire.ts';
import { api, troubleText } from '../api.ts';
import { element } from '../element.ts';
import { onSubmit } from '../submit.ts';
import { lessonOf } from './board-columns.ts';

interface Joined {
  readonly membership: MembershipView;
  readonly returnLink?: string;
}

/** The lesson that was worked in last, for who comes back; undefined for who begins. */
async function lessonBegun({ workshop }: MembershipView): Promise<string | undefined> {
  const { progress } = await api<{ progress: readonly StepProgress[] }>('GET', '/api/me');
  const begun = progress.toSorted((a, b) => (a.begunAt ?? '').localeCompare(b.begunAt ?? ''));
  return begun.map(({ step }) => lessonOf(step)).findLast((lesson) => workshop.lessons.includes(lesson));
}

class JoinForm extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form');
    if (!form) return;
    onSubmit(form, () => {
      const fields = new FormData(form);
      return this.#try(() =>
        api<Joined>('POST', '/api/join', { body: { code: fields.get('code'), name: fields.get('name') } }),
      );
    });
    const code = form.querySelector<HTMLInputElement>('[name=code]');
    const given = new URLSearchParams(location.search).get('code');
    if (code && given) {
      code.value = given;
      void this.#name(code.value);
    }
    const secret = location.hash.slice(1);
    if (secret) void this.#try(() => api<Joined>('POST', '/api/return', { body: { secret } }));
    else void this.#already();
  }

  /** Tells which workshop a code from the link opens, before the name is typed. */
  async #name(code: string): Promise<void> {
    try {
      const workshop = await api<WorkshopView>('GET', `/api/join/${encodeURIComponent(code)}`);
      this.#say(`You are joining “${workshop.title}”.`);
    } catch (trouble) {
      this.#say(troubleText(trouble));
    }
  }

  async #already(): Promise<void> {
    const membership = await api<MembershipView | null>('GET', '/api/membership').catch(() => null);
    if (membership) await this.#welcome({ membership });
  }

  async #try(join: () => Promise<Joined>): Promise<void> {
    try {
      await this.#welcome(await join());
    } catch (trouble) {
      this.#say(troubleText(trouble));
    }
  }

  #say(text: string): void {
    const status = this.querySelector('[role=status]');
    if (status) status.textContent = text;
  }

  async #welcome({ membership, returnLink }: Joined): Promise<void> {
    const { workshop, name } = membership;
    const begun = await lessonBegun(membership).catch(() => undefined);
    const parts: Node[] = [
      element('h2', {}, `Welcome, ${name}`),
      element('p', {}, `You are in “${workshop.title}”.`),
      element(
        'p',
        {},
        element(
          'a',
          { class: 'button primary', href: `/lessons/${begun ?? workshop.lessons[0]}/` },
          begun === undefined ? 'Open the first lesson' : 'Go on where you were',
        ),
      ),
    ];
    if (returnLink)
      parts.push(
        element('h3', {}, 'Your way back'),
        element(
          'p',
          {},
          'Keep this link: it brings you back on another machine. It is yours alone, and shown only now.',
        ),
        element('p', {}, element('code', { class: 'return-link' }, returnLink)),
      );
    this.replaceChildren(element('section', { class: 'welcome', role: 'status' }, ...parts));
  }
}

customElements.define('join-form', JoinForm);
