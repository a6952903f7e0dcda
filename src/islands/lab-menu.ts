/** The menu of the lab: more time, back to the start of the step or the lesson, new machines, one new machine, the end. */
import { button, element, fill } from './element.ts';
import { endLab, extendLease, replaceHost, resetLab, resetLesson, resetStep } from './lab-actions.ts';
import { live, onLive } from './live.ts';

class LabMenu extends HTMLElement {
  connectedCallback(): void {
    onLive(['hello', 'lab'], () => this.#show());
    this.#show();
  }

  #show(): void {
    const { lab } = live.current;
    const there = lab?.state === 'ready' || lab?.state === 'broken';
    const opener = this.querySelector('button');
    if (opener) opener.disabled = !there;
    if (!there) return;
    const extendable = lab.lease?.extendable ?? false;
    fill(this.querySelector('[popover]'), [lab.hosts, extendable], () => this.#items(lab.hosts, extendable));
  }

  #items(hosts: readonly string[], extendable: boolean): readonly Node[] {
    const items = [
      // In a lesson of one step both are the same.
      ...(document.querySelectorAll('step-checks').length > 1
        ? [this.#item('Back to the start of this step', '', resetStep)]
        : []),
      this.#item('Back to the start of this lesson', '', resetLesson),
      this.#item('Reset the lab', '', resetLab),
      ...hosts.map((host) => this.#item(`Replace ${host}`, '', () => replaceHost(host))),
      this.#item('End the lab', 'danger', endLab),
    ];
    if (extendable) items.unshift(this.#item('More time', '', extendLease));
    return items.map((item) => element('li', {}, item));
  }

  #item(text: string, looks: string, act: () => Promise<void>): HTMLElement {
    return button(text, `quiet ${looks}`, () => {
      this.querySelector<HTMLElement>('[popover]')?.hidePopover();
      void act();
    });
  }
}

customElements.define('lab-menu', LabMenu);
