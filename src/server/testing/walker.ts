/** A browser that is sent from site to site: it follows redirects with a jar for each origin, and fills in forms. */

export class Walker {
  readonly #course: string;
  readonly #jars = new Map<string, Map<string, string>>();

  /** @param course the course's address: a redirect to one of its pages is answered, not followed. */
  constructor(course: string) {
    this.#course = new URL(course).origin;
  }

  async go(
    address: string,
    form?: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const { origin } = new URL(address);
    const jar = this.#jar(origin);
    const response = await fetch(address, {
      redirect: 'manual',
      method: form ? 'POST' : 'GET',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), ...headers },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const next = URL.parse(response.headers.get('location') ?? '', address);
    const isPage = next?.origin === this.#course && !/^\/(api|lti)\//.test(next.pathname);
    return response.headers.has('location') && next && !isPage ? this.go(next.href) : response;
  }

  /** The course's session cookie, as a header has it. */
  get session(): string {
    return `clinic=${this.#jar(this.#course).get('clinic') ?? ''}`;
  }

  #jar(origin: string): Map<string, string> {
    const jar = this.#jars.get(origin) ?? new Map<string, string>();
    this.#jars.set(origin, jar);
    return jar;
  }
}
