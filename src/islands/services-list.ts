/** The web pages of the lab's services, and small charts from the learner's own Prometheus. Asked for while on show. */
import type { ChartsView, ServiceView } from '#shared/wire.ts';
import { api, troubleText } from './api.ts';
import { chart } from './chart.ts';
import { element, fill } from './element.ts';
import { live, onLive } from './live.ts';
import { onShow, whenShown } from './pane-tabs.ts';

const pause = 10_000;
const about: Readonly<Record<string, string>> = {
  prometheus: 'Queries, targets and rules',
  alertmanager: 'Alerts as they are grouped, routed and silenced',
  exporter: 'What redis_exporter hands to Prometheus',
  grafana: 'Dashboards',
};

class ServicesList extends HTMLElement {
  /** The lab that has answered, with services or without. */
  #answered: string | undefined;

  connectedCallback(): void {
    whenShown(this, () => void this.#look());
    onLive(['hello', 'lab'], () => void this.#look());
    setInterval(() => void this.#look(), pause);
  }

  async #look(): Promise<void> {
    const { lab } = live.current;
    const ready = lab?.state === 'ready';
    if (!ready) this.setAttribute('data-empty', '');
    this.toggleAttribute('data-asking', ready && this.#answered !== lab.id);
    if (!ready || !onShow(this) || document.hidden) return;
    try {
      const [services, charts] = await Promise.all([
        api<readonly ServiceView[]>('GET', '/api/lab/services'),
        api<ChartsView>('GET', '/api/lab/charts'),
      ]);
      this.#answered = lab.id;
      this.#show(services, charts);
    } catch (trouble) {
      // Nothing is hidden behind what went wrong, and it is not hidden itself.
      this.removeAttribute('data-asking');
      this.removeAttribute('data-empty');
      fill(this.querySelector('[data-trouble]'), troubleText(trouble), () => [troubleText(trouble)]);
    }
  }

  #show(services: readonly ServiceView[], { charts }: ChartsView): void {
    this.removeAttribute('data-asking');
    this.toggleAttribute('data-empty', services.length === 0);
    fill(this.querySelector('[data-trouble]'), '', () => []);
    fill(this.querySelector('ul'), services, () => services.map(item));
    this.querySelector('[data-charts]')?.replaceChildren(
      ...charts.filter(({ series }) => series.length > 0).map(chart),
    );
  }
}

function item({ name, host, port, url, up, lacking }: ServiceView): HTMLElement {
  const title = name.slice(0, 1).toUpperCase() + name.slice(1);
  const shown = up
    ? element('a', { href: url, target: '_blank', rel: 'noopener' }, `${title}, in a new tab`)
    : element('span', {}, title);
  return element(
    'li',
    { 'data-up': String(up) },
    shown,
    element('span', { class: 'service-about' }, `${about[name] ?? ''} · ${host}:${port}`),
    element(
      'span',
      { class: 'service-state' },
      up ? 'answers' : lacking ? 'not in this installation' : 'does not answer',
    ),
  );
}

customElements.define('services-list', ServicesList);
