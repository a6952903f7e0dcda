/** The lab's state and how long it stays, in the header; more time by one click; a warning before the end. */
import type { LabView } from '#shared/wire.ts';
import { extendLease } from './lab-actions.ts';
import { live, onConnection, onLive } from './live.ts';

const words: Readonly<Record<LabView['state'], string>> = {
  none: 'No lab',
  making: 'Making the lab',
  preparing: 'Preparing the lab',
  ready: 'Lab ready',
  broken: 'Lab broken',
};
const minute = 60_000;
/** From here on the button for more time is offered, and the end is announced. */
const soon = 10 * minute;

class LeaseBar extends HTMLElement {
  #warned = '';

  connectedCallback(): void {
    this.#part('extend')?.addEventListener('click', () => void extendLease());
    onLive(['hello', 'lab'], () => this.#show());
    onConnection(() => this.#show());
    setInterval(() => this.#show(), 10_000);
    this.#show();
  }

  #show(): void {
    const { lab, connected } = live.current;
    this.dataset.lab = connected && lab ? lab.state : 'unknown';
    this.#say('state', connected && lab ? words[lab.state] : lab ? 'Connecting again …' : 'Connecting …');
    this.#showLease(connected && lab?.state === 'ready' ? lab.lease : undefined);
  }

  #showLease(lease: LabView['lease']): void {
    const left = lease ? Math.max(0, Date.parse(lease.endsAt) - Date.now()) : undefined;
    this.#say('left', left === undefined ? '' : `${timeLeft(left)} left`);
    const ending = left !== undefined && left < soon;
    this.toggleAttribute('data-ending', ending);
    const extend = this.#part('extend');
    if (extend) extend.hidden = !(ending && lease?.extendable);
    if (ending && lease && this.#warned !== lease.endsAt) this.#warn(lease, left);
  }

  /** Once for each end: a screen reader is not to hear every minute. */
  #warn(lease: NonNullable<LabView['lease']>, left: number): void {
    this.#warned = lease.endsAt;
    const why = lease.why === 'idle' ? 'because nobody works in it' : 'because its time is up';
    this.#say('warning', `Your lab ends in ${timeLeft(left)} ${why}.`);
  }

  #say(part: string, text: string): void {
    const place = this.#part(part);
    if (place && place.textContent !== text) place.textContent = text;
  }

  #part(name: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-part=${name}]`);
  }
}

function timeLeft(milliseconds: number): string {
  const minutes = Math.ceil(milliseconds / minute);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

customElements.define('lease-bar', LeaseBar);
