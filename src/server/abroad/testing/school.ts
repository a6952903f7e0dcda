/** For tests: two course systems, a course that they may launch, and people who click its links there. */
import type { JWTPayload } from 'jose';
import { TestPlatform } from '../../../lti/testing/platform.ts';
import { Browser } from '../../testing/browser.ts';
import { instructorSecret, openTestClinic } from '../../testing/test-clinic.ts';
import { Walker } from '../../testing/walker.ts';

export const claim = 'https://purl.imsglobal.org/spec/lti/claim';
export const minute = 60_000;

/** As a browser marks a form that another site's page sends. */
export const elsewhere = { origin: 'https://school.example', 'sec-fetch-site': 'cross-site' };

/** Somebody at a course system, in a browser of their own. */
export class Person extends Walker {
  readonly #course: string;
  readonly #platform: TestPlatform;

  /** @param course the course's address */
  constructor(course: string, platform: TestPlatform) {
    super(course);
    this.#course = course;
    this.#platform = platform;
  }

  get #launchAddress(): string {
    return new URL('/lti/launch', this.#course).href;
  }

  /** Clicks the link: the login begins, and the course asks the platform who this is. */
  async begin(changes: Readonly<Record<string, string>> = {}, by: 'GET' | 'POST' = 'GET') {
    const sent = {
      iss: this.#platform.origin,
      login_hint: '535fa085',
      target_link_uri: this.#launchAddress,
      client_id: 'clinic-at-school',
      lti_message_hint: 'eyJ0eXAi.message',
      lti_deployment_id: 'deployment-1',
      ...changes,
    };
    const address = new URL('/lti/login', this.#course);
    if (by === 'GET') address.search = new URLSearchParams(sent).toString();
    const answer = await (by === 'POST' ? this.go(address.href, sent, elsewhere) : this.go(address.href));
    /** What the course asked the platform, when it did. */
    const asked: Record<string, string> = Object.fromEntries(new URL(answer.url).searchParams);
    return { answer, asked };
  }

  /** The platform's answer, as its form sends it. */
  post(form: Readonly<Record<string, string>>): Promise<Response> {
    return this.go(this.#launchAddress, form, elsewhere);
  }

  /** The whole way, with other claims than the usual ones. */
  async launch(changes: JWTPayload = {}): Promise<Response> {
    const { asked } = await this.begin();
    const claims = this.#platform.claims(this.#launchAddress, asked['nonce'] ?? '', changes);
    return this.post({ state: asked['state'] ?? '', id_token: await this.#platform.sign(claims) });
  }

  /** The same browser, for what the course's pages ask. */
  get browser(): Browser {
    const browser = new Browser(this.#course);
    browser.cookie = this.session;
    return browser;
  }

  async get(path: string): Promise<unknown> {
    return (await this.browser.ask('GET', path)).json;
  }

  async learner(): Promise<string> {
    return ((await this.get('/api/me')) as { learner: string }).learner;
  }
}

export type School = Awaited<ReturnType<typeof openSchool>>;

/** Whom `trusted` calls an instructor is one here; whom `platform` calls so is not. */
export async function openSchool() {
  const [platform, trusted] = await Promise.all([TestPlatform.open(), TestPlatform.open()]);
  const clinic = await openTestClinic({}, [platform.settings(), trusted.settings({ instructors: true })]);
  return {
    platform,
    trusted,
    clinic,
    launchAddress: new URL('/lti/launch', clinic.address).href,
    person: (at: TestPlatform = platform) => new Person(clinic.address, at),
    async newWorkshop(changes: object = {}) {
      const instructor = new Browser(clinic.address);
      await instructor.ask('POST', '/api/instructor/login', { name: 'Grace', secret: instructorSecret });
      const answer = await instructor.ask('POST', '/api/workshops', {
        title: 'Spring',
        lessons: ['quiz'],
        startsAt: new Date(Date.now() - minute).toISOString(),
        endsAt: new Date(Date.now() + 60 * minute).toISOString(),
        seats: 2,
        openness: 'all',
        ...changes,
      });
      const { id, code } = answer.json as { id: string; code: string };
      const change = (body: object) => instructor.ask('PUT', `/api/workshops/${id}`, body);
      return { id, code, change };
    },
    async close() {
      await clinic.stop();
      platform.close();
      trusted.close();
    },
  };
}
