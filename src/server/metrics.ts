/** What an operator's Prometheus reads at /metrics. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { VerdictView } from '#shared/wire.ts';
import type { Route } from './http/route.ts';

export interface MetricParts {
  readonly labs: () => { readonly leased: number; readonly spare: number; readonly capacity: number };
  readonly terminals: () => { readonly terminals: number; readonly viewers: number };
  readonly pages: () => number;
  /** Scores and statements that no other system has taken yet. */
  readonly waiting: () => number;
}

export interface Metrics {
  readonly route: Route;
  checked(verdict: VerdictView, why: 'asked' | 'auto'): void;
}

export function openMetrics({ labs, terminals, pages, waiting }: MetricParts): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('clinic_labs_leased', 'Labs that learners hold.', () => labs().leased);
  gauge('clinic_labs_spare', 'Spare labs that are ready or being made.', () => labs().spare);
  gauge('clinic_labs_capacity', 'How many labs may exist at once.', () => labs().capacity);
  gauge('clinic_terminals', 'Shells that are open.', () => terminals().terminals);
  gauge('clinic_terminal_viewers', 'Panes that show a shell.', () => terminals().viewers);
  gauge('clinic_pages', 'Pages with a live connection.', pages);
  gauge('clinic_outbox_waiting', 'Scores and statements that no other system has taken yet.', waiting);
  const seconds = new Histogram({
    name: 'clinic_check_seconds',
    help: 'How long checks took, those without drills by themselves and those asked for.',
    labelNames: ['why'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
    registers,
  });
  const verdicts = new Counter({
    name: 'clinic_checks_total',
    help: 'Checks by step and verdict.',
    labelNames: ['step', 'state'],
    registers,
  });
  return {
    checked({ step, state, milliseconds }, why) {
      seconds.observe({ why }, milliseconds / 1_000);
      verdicts.inc({ step, state });
    },
    route: {
      method: 'GET',
      path: '/metrics',
      who: 'anybody',
      handle: async () => ({ text: await registry.metrics(), contentType: registry.contentType }),
    },
  };
}
