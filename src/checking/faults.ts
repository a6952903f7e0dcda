/** Remembers what a drill has broken, so that it can be mended whatever happens. */
import type { FaultKind, Lab } from '#sandbox/driver.ts';
import type { HostName } from '#sandbox/topologies.ts';
import type { OpenProbe } from './probe-lab.ts';
import type { Probe } from './probe.ts';

type Undo = (probe: Probe) => Promise<unknown>;
export type TellFault = (what: 'injected' | 'mended', kind: FaultKind, host: HostName) => void;

export class Faults {
  private readonly lab: Lab;
  private readonly openProbe: () => OpenProbe;
  private readonly present = new Map<string, [FaultKind, HostName]>();
  private readonly tell: TellFault;
  private undos: Undo[] = [];

  /** `openProbe` gives the probe that undoes: the drill's own may have run out of time. */
  constructor(lab: Lab, openProbe: () => OpenProbe, tell: TellFault = () => undefined) {
    this.lab = lab;
    this.tell = tell;
    this.openProbe = openProbe;
  }

  async fault(kind: FaultKind, host: HostName): Promise<void> {
    this.present.set(`${kind} ${host}`, [kind, host]);
    this.tell('injected', kind, host);
    await this.lab.fault(kind, host);
  }

  async mend(kind: FaultKind, host: HostName): Promise<void> {
    await this.lab.mend(kind, host);
    if (this.present.delete(`${kind} ${host}`)) this.tell('mended', kind, host);
  }

  undoAfter(undo: Undo): void {
    this.undos.unshift(undo);
  }

  async mendAll(): Promise<void> {
    await Promise.allSettled([...this.present.values()].map(([kind, host]) => this.mend(kind, host)));
    const undos = this.undos;
    if (undos.length === 0) return;
    this.undos = [];
    const { probe, close } = this.openProbe();
    for (const undo of undos) await undo(probe).catch(() => undefined);
    close();
  }
}
