/**
 * A course system for tests, over real HTTP: signs launches as LTI 1.3 has them, shows its keys, gives access tokens for
 * the tool's signed assertion, and keeps the scores it is sent in the shape of Assignment and Grade Services 2.0.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createRemoteJWKSet,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from 'jose';
import { z } from 'zod';
import type { Platform } from '../platforms.ts';

export const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';
const claim = 'https://purl.imsglobal.org/spec/lti/claim';
export const gradesClaim = 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint';
export const scoreScope = 'https://purl.imsglobal.org/spec/lti-ags/scope/score';

/** As the specification lists the fields of a score; what is not in it is refused. */
const score = z.strictObject({
  timestamp: z.iso.datetime({ offset: true, precision: 3 }),
  scoreGiven: z.number().min(0),
  scoreMaximum: z.number().positive(),
  activityProgress: z.enum(['Initialized', 'Started', 'InProgress', 'Submitted', 'Completed']),
  gradingProgress: z.enum(['FullyGraded', 'Pending', 'PendingManual', 'Failed', 'NotReady']),
  userId: z.string(),
});

export type TakenScore = z.infer<typeof score> & { readonly path: string };

interface Keys {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

async function newKeys(kid: string): Promise<Keys> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } };
}

export class TestPlatform {
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  #keys: Keys | undefined;
  readonly scores: TakenScore[] = [];
  /** How often somebody asked for the keys, and for a token. */
  asked = { keys: 0, tokens: 0 };
  /** Answers of the next score requests instead of taking them. */
  readonly failures: number[] = [];
  /** Other claims than the usual ones, for launches by a browser. */
  linked: JWTPayload = {};
  /** Where the tool shows its keys. */
  toolKeys = '';
  #wake: () => void = () => undefined;

  static async open(): Promise<TestPlatform> {
    const platform = new TestPlatform();
    platform.#keys = await newKeys('first');
    await new Promise<void>((resolve) => platform.#server.listen(0, '127.0.0.1', resolve));
    return platform;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  settings(changes: Partial<Platform> = {}): Platform {
    return {
      issuer: this.origin,
      clientId: 'clinic-at-school',
      deploymentIds: ['deployment-1'],
      authorizationEndpoint: `${this.origin}/auth`,
      tokenEndpoint: `${this.origin}/token`,
      jwksUrl: `${this.origin}/keys`,
      instructors: false,
      ...changes,
    };
  }

  async newKeys(kid: string): Promise<void> {
    this.#keys = await newKeys(kid);
  }

  /** A resource-link launch with the claims that the specification's example has. */
  claims(launchAddress: string, nonce: string, changes: JWTPayload = {}): JWTPayload {
    const now = Math.floor(Date.now() / 1000);
    return {
      iss: this.origin,
      sub: 'a6d5c443',
      aud: ['clinic-at-school'],
      azp: 'clinic-at-school',
      iat: now,
      exp: now + 300,
      nonce,
      name: 'Ms Jane Marie Doe',
      given_name: 'Jane',
      family_name: 'Doe',
      email: 'jane@platform.example.edu',
      locale: 'en-US',
      [`${claim}/deployment_id`]: 'deployment-1',
      [`${claim}/message_type`]: 'LtiResourceLinkRequest',
      [`${claim}/version`]: '1.3.0',
      [`${claim}/roles`]: [
        'http://purl.imsglobal.org/vocab/lis/v2/institution/person#Student',
        `${membership}#Learner`,
      ],
      [`${claim}/context`]: {
        id: 'c1d887f0',
        label: 'DB 1010',
        title: 'Databases in Operation',
        type: ['http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering'],
      },
      [`${claim}/resource_link`]: { id: '200d101f', title: 'Redis in the clinic', description: null },
      [`${claim}/tool_platform`]: { guid: 'ex/48bbb541', name: 'A school', version: '1.0' },
      [`${claim}/target_link_uri`]: launchAddress,
      [`${claim}/launch_presentation`]: { document_target: 'window', return_url: `${this.origin}/course` },
      [`${claim}/custom`]: { lesson: 'quiz' },
      [`${claim}/lis`]: { person_sourcedid: 'school:71ee7e42' },
      [gradesClaim]: {
        scope: ['https://purl.imsglobal.org/spec/lti-ags/scope/lineitem', scoreScope],
        lineitems: `${this.origin}/2344/lineitems/`,
        lineitem: `${this.origin}/2344/lineitems/1234/lineitem?type_id=7`,
      },
      ...changes,
    };
  }

  sign(claims: JWTPayload, by: Keys | undefined = this.#keys): Promise<string> {
    if (!by) throw new Error('the platform has no keys yet');
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: by.kid, typ: 'JWT' }).sign(by.privateKey);
  }

  /** Signed by somebody else under the platform's key id. */
  async forge(claims: JWTPayload): Promise<string> {
    return this.sign(claims, await newKeys(this.#keys?.kid ?? ''));
  }

  /** The score that comes next, or has come and was not taken yet. */
  async nextScore(): Promise<TakenScore> {
    for (;;) {
      const first = this.scores.shift();
      if (first) return first;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const say = (status: number, json: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    if (url.pathname === '/keys') {
      this.asked.keys += 1;
      return void say(200, { keys: [this.#keys?.jwk] });
    }
    if (url.pathname === '/course') return void page(response, coursePage(url.searchParams, this.origin));
    if (url.pathname === '/auth') return void page(response, await this.#answerPage(url.searchParams));
    if (url.pathname === '/token') return this.#token(new URLSearchParams(body), say);
    const failure = this.failures.shift();
    if (failure !== undefined) return void say(failure, { error: 'not this time' });
    if (request.headers.authorization !== `Bearer token-${this.asked.tokens}`) return void say(401, {});
    if (request.headers['content-type'] !== 'application/vnd.ims.lis.v1.score+json') return void say(415, {});
    const parsed = score.safeParse(JSON.parse(body));
    if (!parsed.success) return void say(400, parsed.error.issues);
    this.scores.push({ ...parsed.data, path: url.pathname + url.search });
    say(200, {});
    this.#wake();
  }

  /** The login's answer as a browser gets it: a form that sends itself to the tool. The hint is the person's id. */
  async #answerPage(asked: URLSearchParams): Promise<string> {
    const launchAddress = asked.get('redirect_uri') ?? '';
    const claims = this.claims(launchAddress, asked.get('nonce') ?? '', {
      sub: asked.get('login_hint') ?? '',
      ...this.linked,
    });
    return `<form method="post" action="${launchAddress}">
      <input name="state" value="${asked.get('state')}"><input name="id_token" value="${await this.sign(claims)}">
      </form><script>document.forms[0].submit()</script>`;
  }

  async #token(form: URLSearchParams, say: (status: number, json: unknown) => unknown): Promise<void> {
    try {
      const { payload } = await jwtVerify(
        form.get('client_assertion') ?? '',
        createRemoteJWKSet(new URL(this.toolKeys)),
        { audience: `${this.origin}/token`, issuer: 'clinic-at-school', subject: 'clinic-at-school' },
      );
      if (!payload.jti || !payload.exp || !payload.iat) throw new Error('the assertion lacks a claim');
      const kind = form.get('client_assertion_type');
      if (kind !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') throw new Error(`type ${kind}`);
      if (form.get('grant_type') !== 'client_credentials') throw new Error('grant_type');
      if (form.get('scope') !== scoreScope) throw new Error('scope');
      this.asked.tokens += 1;
      const token = { access_token: `token-${this.asked.tokens}`, token_type: 'Bearer', expires_in: 3600 };
      say(200, { ...token, scope: scoreScope });
    } catch (error) {
      say(400, { error: 'invalid_client', error_description: String(error) });
    }
  }
}

const page = (response: ServerResponse, html: string) =>
  response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>A course</title>${html}`);

/** A course's page with a link to the tool of the query, and the tool in a frame where `framed` is there. */
function coursePage(asked: URLSearchParams, issuer: string): string {
  const login = new URL('/lti/login', asked.get('tool') ?? '');
  login.search = new URLSearchParams({
    iss: issuer,
    login_hint: asked.get('person') ?? '',
    target_link_uri: new URL('/lti/launch', login).href,
  }).toString();
  const address = login.href.replaceAll('&', '&amp;');
  return asked.has('framed') ? `<iframe src="${address}"></iframe>` : `<a href="${address}">Do the exercise</a>`;
}
