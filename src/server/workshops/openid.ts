/**
 * Instructors come in with their school's account: OpenID Connect, authorization code with PKCE, state and nonce. Who of
 * the school is an instructor is a list of addresses in the settings: an account alone is not enough.
 */
import * as openid from 'openid-client';
import { HttpProblem, type Route } from '../http/route.ts';
import { UnderWay } from '../http/under-way.ts';
import type { WorkshopPorts } from './ports.ts';

export interface OpenIdSettings {
  /** As the provider names itself; its configuration is found under /.well-known/openid-configuration. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** E-mail addresses (verified by the provider) that are instructors, in small letters. */
  readonly instructors: readonly string[];
}

const startPath = '/api/instructor/openid';
const callbackPath = '/api/instructor/openid/callback';

interface Begun {
  readonly verifier: string;
  readonly nonce: string;
}

export function openIdRoutes(ports: WorkshopPorts, settings: OpenIdSettings | undefined): readonly Route[] {
  if (!settings) return [];
  const underWay = new UnderWay<Begun>(ports.now);
  let found: Promise<openid.Configuration> | undefined;
  /** Asked when it is needed first, and again after a failure: a provider that is down must not keep the server down. */
  const provider = () =>
    (found ??= discover(settings).catch((error: unknown) => {
      found = undefined;
      throw new HttpProblem(502, `The account provider ${settings.issuer} cannot be used: ${reason(error)}.`);
    }));

  return [
    {
      method: 'GET',
      path: startPath,
      who: 'anybody',
      async handle(_request, response) {
        const config = await provider();
        const verifier = openid.randomPKCECodeVerifier();
        const [state, nonce] = [openid.randomState(), openid.randomNonce()];
        underWay.begin(state, { verifier, nonce });
        const address = openid.buildAuthorizationUrl(config, {
          redirect_uri: `${ports.origin}${callbackPath}`,
          scope: 'openid email profile',
          code_challenge: await openid.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          state,
          nonce,
        });
        // The cookie ties the answer to this browser: somebody else's answer cannot be slipped in.
        const secure = ports.origin.startsWith('https:') ? '; Secure' : '';
        response.appendHeader(
          'Set-Cookie',
          `clinic-openid=${state}; Path=${startPath}; HttpOnly; SameSite=Lax; Max-Age=600${secure}`,
        );
        return redirect(address.href);
      },
    },
    {
      method: 'GET',
      path: callbackPath,
      who: 'anybody',
      async handle(request, response) {
        const state = request.url.searchParams.get('state') ?? '';
        const begun = underWay.take(state);
        const mine = request.raw.headers.cookie?.includes(`clinic-openid=${state}`);
        if (!begun || !mine)
          throw new HttpProblem(
            400,
            'This login was not begun in this browser, or too long ago. Go to /instructor/ and begin again.',
          );
        const { email, name } = await accountOf(
          await provider(),
          new URL(`${callbackPath}${request.url.search}`, ports.origin),
          state,
          begun,
        );
        if (!settings.instructors.includes(email))
          throw new HttpProblem(
            403,
            `The account ${email || 'without a verified address'} is not an instructor here. Ask the operator to add it to OIDC_INSTRUCTORS.`,
          );
        ports.sessions.signIn(request.raw, response, name || email);
        return redirect('/instructor/');
      },
    },
  ];
}

const redirect = (location: string) => ({ status: 302, text: '', contentType: 'text/plain', headers: { location } });

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const discover = ({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<openid.Configuration> => {
  const url = new URL(issuer);
  // A provider on this machine (a test, a tunnel) may speak plain HTTP; any other must not.
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return openid.discovery(
    url,
    clientId,
    clientSecret,
    undefined,
    local ? { execute: [openid.allowInsecureRequests] } : {},
  );
};

async function accountOf(
  config: openid.Configuration,
  answer: URL,
  state: string,
  { verifier, nonce }: Begun,
): Promise<{ readonly email: string; readonly name: string }> {
  try {
    const tokens = await openid.authorizationCodeGrant(config, answer, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('it sent no identity');
    const account =
      claims['email'] === undefined ? await openid.fetchUserInfo(config, tokens.access_token, claims.sub) : claims;
    const verified = account['email_verified'] === true && typeof account['email'] === 'string';
    return {
      email: verified ? String(account['email']).toLowerCase() : '',
      name: typeof account['name'] === 'string' ? account['name'] : '',
    };
  } catch (error) {
    throw new HttpProblem(
      502,
      `The account provider’s answer cannot be used: ${reason(error)}. Begin again at /instructor/.`,
    );
  }
}
