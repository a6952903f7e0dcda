/** The lab as the witness sees it: a drawing, and the same in words with what can be done about a host that is down. */
import type { HostPicture } from '#shared/wire.ts';
import { button, element } from './element.ts';
import { startHost } from './lab-actions.ts';
import { live, onLive } from './live.ts';
import { onShow, whenShown } from './pane-tabs.ts';
import { draw } from './picture-drawing.ts';
import { hostInWords } from './picture-words.ts';

class LivePicture extends HTMLElement {
  /** What the list of words shows, so that a button in it is not replaced under the pointer. */
  #words = '';

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
    const words = picture.hosts.map(hostInWords);
    if (words.join('\n') === this.#words) return;
    this.#words = words.join('\n');
    this.querySelector('ul')?.replaceChildren(...picture.hosts.map(item));
  }
}

function item(host: HostPicture): HTMLElement {
  const made = element('li', { 'data-state': host.state }, element('span', {}, hostInWords(host)));
  if (host.state === 'stopped') made.append(button(`Start ${host.host}`, 'small', () => void startHost(host.host)));
  return made;
}

customElements.define('live-picture', LivePicture);
