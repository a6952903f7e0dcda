const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether nobody on the way can read what passes there: https, or an address of this machine. */
export function isPrivate(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname));
}
