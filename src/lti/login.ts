/** The first step of a launch: the platform sends the browser here, and is asked who that is. Pure. */
import { z } from 'zod';
import type { Platform } from './platforms.ts';
import { Refusal } from './refusal.ts';

const text = z.string().max(8_000);

/** What a platform sends to begin a launch, as query or form. */
export const loginRequest = z.object({
  iss: text,
  login_hint: text,
  target_link_uri: text,
  client_id: text.optional(),
  lti_message_hint: text.optional(),
  lti_deployment_id: text.optional(),
});
export type LoginRequest = z.infer<typeof loginRequest>;

/** The platform that asks, where it is known here. */
export function platformOf(
  platforms: readonly Platform[],
  { iss, client_id, lti_deployment_id }: LoginRequest,
): Platform {
  const ofIssuer = platforms.filter(({ issuer }) => issuer === iss);
  const found = client_id === undefined ? ofIssuer : ofIssuer.filter(({ clientId }) => clientId === client_id);
  const [platform, ...others] = found;
  if (!platform) {
    throw new Refusal(
      `The course system "${iss}"${client_id === undefined ? '' : ` with the client id "${client_id}"`} is not known here. The operator adds it to the file of LTI platforms.`,
    );
  }
  if (others.length > 0)
    throw new Refusal(
      `The course system "${iss}" is known here under several client ids, and does not say which it means.`,
    );
  if (lti_deployment_id !== undefined) holdDeployment(platform, lti_deployment_id);
  return platform;
}

export function holdDeployment({ issuer, deploymentIds }: Platform, id: string): void {
  if (deploymentIds.includes(id)) return;
  throw new Refusal(
    `The deployment "${id}" of "${issuer}" is not known here. The operator adds it to deploymentIds in the file of LTI platforms.`,
  );
}

/** Where the browser goes next: the platform answers with a form that is posted to `launch`. */
export function authorizationAddress(
  platform: Platform,
  asked: LoginRequest,
  { launch, state, nonce }: { readonly launch: string; readonly state: string; readonly nonce: string },
): string {
  const url = new URL(platform.authorizationEndpoint);
  const parameters = {
    scope: 'openid',
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    client_id: platform.clientId,
    redirect_uri: launch,
    login_hint: asked.login_hint,
    lti_message_hint: asked.lti_message_hint,
    state,
    nonce,
  };
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}
