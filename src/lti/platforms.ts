/** The course systems that may launch the course: a JSON file that the operator writes. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isPrivate } from '../outbox/address.ts';

/** The platforms' file cannot be used; the message names the file, the place in it, and what was expected. */
export class BadPlatforms extends Error {
  override name = 'BadPlatforms';
}

const address = z.string().refine(isPrivate, {
  error: ({ input }) => `is "${String(input)}"; expected: an https address (http only for this machine)`,
});
const word = z.string().trim().min(1, 'expected: text that is not empty').max(255, 'expected: at most 255 characters');

const platformSchema = z.strictObject({
  /** As the platform names itself in its messages (`iss`). */
  issuer: word,
  /** What the platform calls this course (`client_id`). */
  clientId: word,
  /** The deployments of it that are known here; a launch from another one is refused. */
  deploymentIds: z.array(word).min(1, 'expected: at least one deployment id'),
  /** Where a login is sent to. */
  authorizationEndpoint: address,
  /** Where an access token for grades is had. */
  tokenEndpoint: address,
  /** The platform's public keys. */
  jwksUrl: address,
  /** What the token endpoint wants to be addressed as, where that is not its own address. */
  tokenAudience: word.optional(),
  /** Whether whom this platform calls an Instructor of a course is an instructor here, with every workshop. */
  instructors: z.boolean().default(false),
});

export type Platform = z.infer<typeof platformSchema>;

const platformsSchema = z
  .array(platformSchema)
  .min(1, 'expected: at least one platform')
  .superRefine((platforms, context) => {
    for (const [index, { issuer, clientId }] of platforms.entries()) {
      const first = platforms.findIndex((other) => other.issuer === issuer && other.clientId === clientId);
      if (first === index) continue;
      context.addIssue({
        code: 'custom',
        path: [index],
        message: `is the same as platform ${first}: the issuer "${issuer}" with the client id "${clientId}" stands there, too`,
      });
    }
  });

export function readPlatforms(file: string): readonly Platform[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadPlatforms(`The file of LTI platforms ${file} (LTI_PLATFORMS) cannot be read as JSON: ${why}.`);
  }
  const parsed = platformsSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(
    ({ path, message }) => `${file}: ${path.join('.') || 'the whole'}: ${message}.`,
  );
  throw new BadPlatforms(issues.join('\n'));
}
