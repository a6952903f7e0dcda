/** How a host is made: small, without privileges, without a way out. Each limit has a test in sandbox/contract.ts. */
import type Docker from 'dockerode';
import type { HostSpec } from '../topologies.ts';

/** What sudo, apt and Debian's init scripts need; nothing that reaches beyond the container. */
const capabilities = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID'];
const MiB = 1024 * 1024;
/** No single file may be larger: an endless output into a file ends here, by itself and with a message. */
const largestFile = 512 * MiB;

export interface HostPlace {
  readonly containerName: string;
  readonly networkName: string;
  readonly image: string;
  readonly labels: Record<string, string>;
  readonly address: string;
  /** Lines for /etc/hosts, `name:address`: names must resolve while their host is down, which Docker's DNS forgets. */
  readonly names: readonly string[];
}

export function hostOptions(spec: HostSpec, place: HostPlace): Docker.ContainerCreateOptions {
  return {
    name: place.containerName,
    Image: place.image,
    Hostname: spec.name,
    Labels: place.labels,
    HostConfig: {
      NetworkMode: place.networkName,
      ExtraHosts: [...place.names],
      Dns: ['127.0.0.1'],
      DnsSearch: ['.'],
      CapDrop: ['ALL'],
      CapAdd: capabilities,
      PidsLimit: 256,
      Memory: spec.memory * MiB,
      MemorySwap: spec.memory * MiB,
      NanoCpus: 1e9,
      CpuShares: 256,
      Ulimits: [
        { Name: 'nofile', Soft: 8_192, Hard: 16_384 },
        { Name: 'core', Soft: 0, Hard: 0 },
        { Name: 'fsize', Soft: largestFile, Hard: largestFile },
      ],
      // When the machine runs out of memory, labs go before anything else does.
      OomScoreAdj: 500,
      ShmSize: 16 * MiB,
      Tmpfs: {
        '/tmp': 'rw,nosuid,nodev,size=32m,mode=1777',
        // As on any Debian host, pid files do not outlive a power cut.
        '/run': 'rw,nosuid,nodev,size=4m,mode=755',
      },
      LogConfig: { Type: 'none', Config: {} },
      RestartPolicy: { Name: 'no' },
      IpcMode: 'private',
      CgroupnsMode: 'private',
    } as Docker.HostConfig,
    NetworkingConfig: { EndpointsConfig: { [place.networkName]: addressed(place.address) } },
  };
}

export function addressed(address: string): Docker.EndpointSettings {
  return { IPAMConfig: { IPv4Address: address } } as Docker.EndpointSettings;
}
