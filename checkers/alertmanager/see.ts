/** Whether Alertmanager runs, what it has loaded, whether Prometheus sends to it, and whether its mail goes to the inbox. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { ask, json } from '#checkers/prometheus/api.ts';
import type { Probe } from '#checking/probe.ts';
import { readConfig, type AlertmanagerConfig } from './config.ts';
import { alertmanagerPort } from './counters.ts';

export type AlertmanagerSeen = {
  readonly up: boolean;
  /** What amtool says of the file on disk, when it finds fault with it. */
  readonly fault: string | null;
  /** Whether Prometheus sends its alerts to it. */
  readonly known: boolean;
  /** Where Prometheus sends its alerts instead. Absent in older records. */
  readonly sentTo?: readonly string[];
  readonly config: AlertmanagerConfig;
  /** Whether an address in it is the inbox of this lab. */
  readonly toInbox: boolean;
  /** The file on disk says something else than what runs: it was changed and not loaded. Absent in older records. */
  readonly stale?: boolean;
};

const file = '/etc/prometheus/alertmanager.yml';
/** Milliseconds; Prometheus looks for Alertmanagers every 5 s. */
const discovery = 8_000;

export async function seeAlertmanager(probe: Probe): Promise<AlertmanagerSeen> {
  const [loaded, sentTo, written, fault] = await Promise.all([
    loadedConfig(probe),
    whereSent(probe),
    probe.readFile('monitor', file),
    configFault(probe),
  ]);
  const config = readConfig(loaded ?? '');
  // The API hides addresses that may be secret ("<secret>"), so then the files are read, too.
  const addresses = await Promise.all(config.files.slice(0, 5).map((path) => probe.readFile('monitor', path)));
  const text = [loaded, ...(loaded?.includes('<secret>') ? [written] : []), ...addresses].join('\n');
  return {
    up: loaded !== undefined,
    fault,
    known: sentTo.some(isThisOne),
    sentTo: sentTo.filter((url) => !isThisOne(url)),
    config,
    toInbox: ['inbox', 'outside', 'app', probe.address('outside')].some((name) => namesHost(text, name)),
    stale: loaded !== undefined && !isDeepStrictEqual(readConfig(written ?? ''), config),
  };
}

/** Prometheus finds its Alertmanagers some seconds after it was told to read its file: what stands there gets that time. */
async function whereSent(probe: Probe): Promise<readonly string[]> {
  const configured = (await probe.readFile('monitor', '/etc/prometheus/prometheus.yml'))?.includes('alertmanagers:');
  const look = async () => {
    const found = await ask(probe, '/api/v1/alertmanagers', alertmanagersShape);
    const urls = (found?.activeAlertmanagers ?? []).map(({ url }) => url);
    return configured && urls.length === 0 ? undefined : urls;
  };
  return (await probe.until(look, discovery)) ?? [];
}

/** Whatever name or address of its own host Prometheus may use for it: the port tells. */
const isThisOne = (url: string): boolean => URL.canParse(url) && new URL(url).port === String(alertmanagerPort);

/** The end of Alertmanager's log, as far as it complains. */
export async function complaints(probe: Probe): Promise<string> {
  const log = '/var/log/prometheus/prometheus-alertmanager.log';
  const { stdout } = await probe.run('monitor', `grep -aiE 'level="?(warn|error)' ${log} | tail -n 3`);
  return stdout.trim().slice(-700);
}

const namesHost = (text: string, host: string): boolean =>
  new RegExp(`(^|[/@\\s'"])${host.replaceAll('.', '\\.')}(?=[:/\\s'"]|$)`, 'm').test(text);

async function loadedConfig(probe: Probe): Promise<string | undefined> {
  const answer = await probe.http('monitor', alertmanagerPort, '/api/v2/status');
  if (!answer.ok) return undefined;
  const status = z.object({ config: z.object({ original: z.string() }) }).safeParse(json(answer.body));
  return status.success ? status.data.config.original : undefined;
}

async function configFault(probe: Probe): Promise<string | null> {
  const check = await probe.run('monitor', `command -v amtool >/dev/null || exit 0; amtool check-config ${file} 2>&1`);
  // Any other status than 1 says that the look failed, and nothing of the file.
  return check.code === 1 ? (check.stdout.trim().split('\n').at(-1) ?? '').trim().slice(0, 400) : null;
}

const alertmanagersShape = z.object({ activeAlertmanagers: z.array(z.object({ url: z.string() })) });
