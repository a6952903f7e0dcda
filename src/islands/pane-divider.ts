/** The divider between prose and lab: dragged, or moved by the arrow keys; where it stands is remembered. */
const least = 28;
const most = 72;
const middle = 46;
const storageKey = 'clinic:split';

class PaneDivider extends HTMLElement {
  connectedCallback(): void {
    this.#move(Number(remembered() ?? middle));
    this.addEventListener('pointerdown', (event) => this.#drag(event));
    this.addEventListener('dblclick', () => this.#settle(middle));
    this.addEventListener('keydown', (event) => this.#key(event));
  }

  #drag(start: PointerEvent): void {
    start.preventDefault();
    this.setPointerCapture(start.pointerId);
    const follow = (event: PointerEvent): void => this.#move((event.clientX / window.innerWidth) * 100);
    this.addEventListener('pointermove', follow);
    this.addEventListener(
      'lostpointercapture',
      () => {
        this.removeEventListener('pointermove', follow);
        this.#settle(this.#at());
      },
      { once: true },
    );
  }

  #key(event: KeyboardEvent): void {
    const to = { ArrowLeft: this.#at() - 2, ArrowRight: this.#at() + 2, Home: least, End: most }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#settle(to);
  }

  #at(): number {
    return Number(this.getAttribute('aria-valuenow'));
  }

  #settle(percent: number): void {
    this.#move(percent);
    try {
      localStorage.setItem(storageKey, String(this.#at()));
    } catch {
      // Not remembered where storage is closed to us.
    }
  }

  #move(percent: number): void {
    const held = Math.round(Math.min(most, Math.max(least, Number.isFinite(percent) ? percent : middle)) * 10) / 10;
    this.setAttribute('aria-valuenow', String(held));
    this.parentElement?.style.setProperty('--split', `${held}%`);
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

customElements.define('pane-divider', PaneDivider);
