/**
 * The learner's lab beside a lesson: what stands in while there is none, the way to this lesson when it stands at
 * another, and the terminals, whose code is only loaded when there is a lab to work in.
 */
import type { LabView } from '#shared/wire.ts';
import { startLab } from './lab-actions.ts';
import { broken, busy, missing } from './lab-stand-in.ts';
import { button, element, fill } from './element.ts';
import { lessonTitle } from './lesson-titles.ts';
import { live, onConnection, onLive } from './live.ts';
import { terminalCode } from './terminal-code.ts';

class LabPane extends HTMLElement {
  readonly #lesson = this.dataset.lesson ?? '';

  connectedCallback(): void {
    onLive(['hello', 'lab'], () => this.#show());
    onConnection(() => this.#showConnection());
    this.#show();
  }

  #show(): void {
    const { lab } = live.current;
    if (!lab) return;
    this.dataset.lab = lab.state;
    this.#showBanner(lab);
    this.#showStandIn(lab);
    if (lab.state === 'ready') void this.#openTerminals();
    else if (lab.state !== 'none' && lab.state !== 'broken') terminalCode().catch(() => undefined);
  }

  #showStandIn(lab: LabView): void {
    const place = this.#part('stand-in');
    if (!place) return;
    place.hidden = lab.state === 'ready';
    if (lab.state === 'ready') return;
    const hosts = (this.dataset.hosts ?? '').split(' ');
    fill(place, [lab.state, lab.progress, lab.trouble], () => {
      if (lab.state === 'none') return [missing(this.#lesson, hosts)];
      return [lab.state === 'broken' ? broken(this.#lesson, lab.trouble) : busy(lab)];
    });
  }

  #showBanner(lab: LabView): void {
    const banner = this.#part('banner');
    if (!banner) return;
    const elsewhere = lab.state === 'ready' && lab.lesson !== this.#lesson;
    banner.hidden = !elsewhere;
    if (!elsewhere) return;
    const at = lab.lesson === undefined ? 'no lesson yet' : lessonTitle(lab.lesson);
    fill(banner, at, () => [
      element('p', {}, `Your lab stands at ${at}. The checks of this lesson need it prepared for this one.`),
      button('Bring it here', 'primary small', () => void startLab(this.#lesson)),
    ]);
  }

  #showConnection(): void {
    const lost = this.#part('lost');
    if (lost) lost.hidden = live.current.connected;
  }

  async #openTerminals(): Promise<void> {
    const place = this.#part('terminals');
    if (!place || place.childElementCount > 0) return;
    place.append(document.createElement('lab-terminals'));
    try {
      await terminalCode();
    } catch {
      place.replaceChildren(
        element('p', { class: 'trouble' }, 'The terminals could not be loaded.'),
        button('Reload the page', 'primary', () => location.reload()),
      );
    }
  }

  #part(name: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-part=${name}]`);
  }
}

customElements.define('lab-pane', LabPane);
