/**
 * LTI 1.3: a course system sends a person here. It begins a login (`/lti/login`), the course asks the system who that is,
 * and the system's signed answer is posted to `/lti/launch`.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { launchOf, type Launch } from '../../lti/claims.ts';
import type { ReadIdToken } from '../../lti/id-token.ts';
import type { ToolKey } from '../../lti/keys.ts';
import { authorizationAddress, loginRequest, platformOf, type LoginRequest } from '../../lti/login.ts';
import type { Platform } from '../../lti/platforms.ts';
import { Refusal } from '../../lti/refusal.ts';
import { held } from '../http/body.ts';
import { escapeHtml, noticePage } from '../http/notice-page.ts';
import { HttpProblem, type Route, type RouteReply, type RouteRequest } from '../http/route.ts';
import { boundedTries } from '../http/tries.ts';
import { UnderWay } from '../http/under-way.ts';
import type { Enter } from './entering.ts';

export interface LaunchParts {
  readonly platforms: readonly Platform[];
  readonly key: ToolKey;
  readonly readIdToken: ReadIdToken;
  readonly enter: Enter;
  /** The course's address, as browsers know it. */
  readonly origin: string;
  readonly now: () => Date;
}

/** A login that was begun here, and the browser that began it. */
interface Begun {
  readonly platform: Platform;
  readonly nonce: string;
  readonly browser: string;
}

const answer = z.object({
  state: z.string().max(100),
  id_token: z.string().optional(),
  error: z.string().max(200).optional(),
  error_description: z.string().max(2_000).optional(),
});

const random = () => randomBytes(24).toString('base64url');
const cookieName = 'clinic-lti';

export function launchRoutes(parts: LaunchParts): readonly Route[] {
  const { platforms, key, readIdToken, enter, origin, now } = parts;
  const launchAddress = `${origin}/lti/launch`;
  const underWay = new UnderWay<Begun>(now);
  /** A whole school may sit behind one address. */
  const bounded = boundedTries(1_200);

  const login = (request: LoginRequest, platform: Platform, browser: string): string => {
    const [state, nonce] = [random(), random()];
    underWay.begin(state, { platform, nonce, browser });
    return authorizationAddress(platform, request, { launch: launchAddress, state, nonce });
  };

  const launched = async (said: z.infer<typeof answer>, browser: string | undefined): Promise<Launched> => {
    const begun = underWay.take(said.state);
    if (!begun || begun.browser !== browser) {
      throw new Refusal(
        'This launch was not begun in this browser, or more than ten minutes ago. Open the link in the course system again, in a tab of its own; the browser must take cookies from this course.',
      );
    }
    const { platform, nonce } = begun;
    if (said.id_token === undefined) {
      const why = said.error_description ?? said.error ?? 'it gave no reason';
      throw new Refusal(`The course system "${platform.issuer}" did not let you through: ${why}.`);
    }
    const payload = await readIdToken(said.id_token, platform, nonce);
    return { launch: launchOf(payload, platform, launchAddress), platform };
  };

  /** Ties the login to the browser. The platform's form comes from another site, so the cookie must come along there. */
  const begin = (asked: unknown): Route['handle'] => {
    return ({ raw }, response) =>
      inWords(() => {
        const request = held(asked, loginRequest);
        const platform = platformOf(platforms, request);
        if (isFramed({ raw })) return newTab(request);
        const browser = browserOf({ raw }) ?? random();
        const next = login(request, platform, browser);
        response.appendHeader(
          'Set-Cookie',
          `${cookieName}=${browser}; Path=/lti; HttpOnly; SameSite=None; Secure; Max-Age=600`,
        );
        return seeOther(next);
      });
  };

  return [
    {
      method: 'GET',
      path: '/lti/jwks.json',
      who: 'anybody',
      handle: () => ({ json: key.keySet }),
    },
    {
      method: 'GET',
      path: '/lti/login',
      who: 'anybody',
      async handle(request, response) {
        await bounded(request);
        return begin(Object.fromEntries(request.url.searchParams))(request, response);
      },
    },
    {
      method: 'POST',
      path: '/lti/login',
      who: 'anybody',
      from: 'anywhere',
      async handle(request, response) {
        await bounded(request);
        return begin(await request.form(z.record(z.string(), z.string())))(request, response);
      },
    },
    {
      method: 'POST',
      path: '/lti/launch',
      who: 'anybody',
      from: 'anywhere',
      async handle(request, response) {
        await bounded(request);
        const said = await request.form(answer);
        return inWords(async () => {
          const { launch, platform } = await launched(said, browserOf(request));
          return seeOther(enter(launch, platform, request.raw, response));
        });
      },
    },
  ];
}

interface Launched {
  readonly launch: Launch;
  readonly platform: Platform;
}

const browserOf = ({ raw }: Pick<RouteRequest, 'raw'>): string | undefined =>
  /(?:^|;\s*)clinic-lti=([\w-]{32})(?:;|$)/.exec(raw.headers.cookie ?? '')?.[1];

/** The course's pages may not be framed, and a frame of another site would not have the session. */
const isFramed = ({ raw }: Pick<RouteRequest, 'raw'>): boolean =>
  ['iframe', 'frame', 'embed', 'object'].includes(String(raw.headers['sec-fetch-dest']));

/** The one page that may be framed: it leads out of the frame, and holds nothing of anybody. */
const newTab = (request: LoginRequest): RouteReply => ({
  text: noticePage(
    `The course opens in a tab of its own. <a href="/lti/login?${escapeHtml(new URLSearchParams(request).toString())}" target="_blank">Open Redis Clinic</a>`,
  ),
  contentType: 'text/html; charset=utf-8',
  headers: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *" },
});

const seeOther = (location: string): RouteReply => ({
  status: 303,
  text: '',
  contentType: 'text/plain',
  headers: { location },
});

/** A person came by a link and reads the answer: what is refused is said on a page, not in JSON. */
async function inWords(work: () => Promise<RouteReply> | RouteReply): Promise<RouteReply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof HttpProblem)) throw error;
    return {
      status: error instanceof HttpProblem ? error.status : 403,
      text: noticePage(escapeHtml(error.message)),
      contentType: 'text/html; charset=utf-8',
    };
  }
}
