/** What a resource-link launch says, and what of it is held against the settings. Pure; the signature is checked before. */
import { z } from 'zod';
import { isPrivate } from '../outbox/address.ts';
import { holdDeployment } from './login.ts';
import type { Platform } from './platforms.ts';
import { Refusal } from './refusal.ts';

const claim = <Name extends string>(name: Name) => `https://purl.imsglobal.org/spec/lti/claim/${name}` as const;
const gradesClaim = 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint';
export const scoreScope = 'https://purl.imsglobal.org/spec/lti-ags/scope/score';

/** Of the course, not of the institution: a teacher may take somebody else's course as a learner. */
const instructorRoles: readonly string[] = [
  'http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor',
  'Instructor',
];

const short = z.string().max(255);
const claims = z.object({
  iss: short,
  sub: short.min(1, 'the platform does not say who launches'),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
  name: z.string().optional(),
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  [claim('message_type')]: z.literal('LtiResourceLinkRequest'),
  [claim('version')]: z.literal('1.3.0'),
  [claim('deployment_id')]: short,
  [claim('target_link_uri')]: z.string().max(2_000),
  [claim('resource_link')]: z.object({ id: short.min(1) }),
  [claim('roles')]: z.array(z.string()),
  [claim('custom')]: z.record(z.string(), z.unknown()).nullish(),
  [gradesClaim]: z.object({ scope: z.array(z.string()), lineitem: z.string().max(2_000).optional() }).nullish(),
});

export interface Launch {
  readonly issuer: string;
  readonly clientId: string;
  /** The person's id at the platform; the same at every launch. */
  readonly subject: string;
  /** Undefined where the platform keeps names to itself. */
  readonly name: string | undefined;
  readonly isInstructor: boolean;
  /** What the link asks for: parameters of its own, or of the launch address. */
  readonly lesson: string | undefined;
  readonly workshop: string | undefined;
  /** Where a score of this link may be sent. */
  readonly lineItem: string | undefined;
}

/** @param launchAddress the course's own address for launches, which the link must name. */
export function launchOf(payload: unknown, platform: Platform, launchAddress: string): Launch {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Refusal(`The launch of "${platform.issuer}" cannot be used: ${issues.join('; ')}.`);
  }
  const said = parsed.data;
  holdAuthorizedParty(said, platform);
  holdDeployment(platform, said[claim('deployment_id')]);
  const target = holdTarget(said[claim('target_link_uri')], launchAddress);
  const asked = (name: string): string | undefined => {
    const own = said[claim('custom')]?.[name];
    const value = typeof own === 'string' ? own : target.searchParams.get(name);
    return value?.trim() || undefined;
  };
  const grades = said[gradesClaim];
  const lineItem = grades?.scope.includes(scoreScope) ? grades.lineitem : undefined;
  return {
    issuer: platform.issuer,
    clientId: platform.clientId,
    subject: said.sub,
    name: nameOf(said),
    isInstructor: said[claim('roles')].some((role) => instructorRoles.includes(role)),
    lesson: asked('lesson'),
    workshop: asked('workshop'),
    lineItem: lineItem !== undefined && isPrivate(lineItem) ? lineItem : undefined,
  };
}

/** A token for several parties must say that this one was meant. */
function holdAuthorizedParty(
  { aud, azp }: { aud: string | string[]; azp?: string | undefined },
  platform: Platform,
): void {
  const many = Array.isArray(aud) && aud.length > 1;
  if (azp === platform.clientId || (azp === undefined && !many)) return;
  throw new Refusal(
    `The launch of "${platform.issuer}" was made for "${azp ?? 'several parties'}", not for this course.`,
  );
}

function holdTarget(target: string, launchAddress: string): URL {
  const url = URL.parse(target);
  if (url && url.origin + url.pathname === launchAddress) return url;
  throw new Refusal(
    `The link leads to "${target}". Its address must be ${launchAddress}; whoever made it can change that.`,
  );
}

function nameOf({ name, given_name, family_name }: z.infer<typeof claims>): string | undefined {
  const whole = name?.trim() || [given_name, family_name].filter(Boolean).join(' ').trim();
  return whole ? whole.slice(0, 60) : undefined;
}
