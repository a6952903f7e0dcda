/** The lab as the witness sees it: a drawing, and the same in words with what can be done about a host that is down. */
import type { HostPicture } from '#shared/wire.ts';
import { button, element, fill } from './element.ts';
import { startHost } from './lab-actions.ts';
import { live, onLive } from './live.ts';
import { onShow, whenShown } from './pane-tabs.ts';
import { draw } from './picture-drawing.ts';
import { hostInWords } from './picture-words.ts';

class LivePicture extends HTMLElement {
  connectedCallback(): void {
    onLive(['hello', 'lab', 'picture'], () => this.#show());
    whenShown(this, () => this.#show());
    this.#show();
  }

  #show(): void {
    const { picture } = live.current;
    this.toggleAttribute('data-empty', !picture);
    if (!picture || !onShow(this)) return;
    this.querySelector('[data-drawing]')?.replaceChildren(draw(picture));
    const list = this.querySelector('ul');
    // The words change with every look at the hosts; the buttons only with their states.
    const states = picture.hosts.map(({ host, state }) => [host, state]);
    fill(list, states, () => picture.hosts.map(item));
    for (const [index, place] of [...(list?.querySelectorAll('span') ?? [])].entries()) {
      const host = picture.hosts[index];
      if (host) place.textContent = hostInWords(host);
    }
  }
}

function item(host: HostPicture): HTMLElement {
  const made = element('li', { 'data-state': host.state }, element('span'));
  if (host.state === 'stopped') made.append(button(`Start ${host.host}`, 'small', () => void startHost(host.host)));
  return made;
}

customElements.define('live-picture', LivePicture);
