/** The parts of LTI that need no server: the platforms' file, the key, whom a login means, scores and their addresses. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeFolder } from '../progress/folder.ts';
import { newToolKey, toolKeyOf } from './keys.ts';
import { platformOf } from './login.ts';
import { BadPlatforms, readPlatforms, type Platform } from './platforms.ts';
import { scoreOf, scoresAddress } from './score.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'lti-test-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const moodle = {
  issuer: 'https://moodle.school.example',
  clientId: 'AbC123',
  deploymentIds: ['1'],
  authorizationEndpoint: 'https://moodle.school.example/mod/lti/auth.php',
  tokenEndpoint: 'https://moodle.school.example/mod/lti/token.php',
  jwksUrl: 'https://moodle.school.example/mod/lti/certs.php',
};

describe('the file of platforms', () => {
  const read = (content: unknown) => {
    const file = join(folder, 'platforms.json');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return readPlatforms(file);
  };

  it('is read, and trusts nobody with instructors unless it says so', () => {
    expect(read([moodle, { ...moodle, clientId: 'b', instructors: true }])).toEqual([
      { ...moodle, instructors: false },
      { ...moodle, clientId: 'b', instructors: true },
    ]);
  });

  it.each<[string, unknown, string]>([
    ['no JSON', '[{', 'platforms.json (LTI_PLATFORMS) cannot be read as JSON'],
    ['no list', {}, 'platforms.json: the whole: Invalid input'],
    ['an empty list', [], 'platforms.json: the whole: expected: at least one platform'],
    ['a field that is missing', [{ ...moodle, clientId: undefined }], 'platforms.json: 0.clientId: Invalid input'],
    ['a field of a typo', [{ ...moodle, client: 'x' }], 'platforms.json: 0: Unrecognized key: "client"'],
    ['no deployment', [{ ...moodle, deploymentIds: [] }], '0.deploymentIds: expected: at least one deployment id'],
    [
      'an address without https',
      [moodle, { ...moodle, clientId: 'b', jwksUrl: 'http://moodle.school.example/certs' }],
      '1.jwksUrl: is "http://moodle.school.example/certs"; expected: an https address',
    ],
    ['a platform twice', [moodle, moodle], '1: is the same as platform 0'],
  ])('with %s is refused, naming file and field', (_name, content, words) => {
    expect(() => read(content)).toThrow(BadPlatforms);
    expect(() => read(content)).toThrow(words);
  });

  it('that is not there says where it was looked for', () => {
    expect(() => readPlatforms('/nowhere/platforms.json')).toThrow('/nowhere/platforms.json (LTI_PLATFORMS)');
  });
});

describe('the course’s key', () => {
  it('is made once, kept where only its owner reads it, and signs what its public half proves', async () => {
    const data = takeFolder(join(folder, 'data'));
    const kept = data.secret('lti-key', newToolKey);
    expect(data.secret('lti-key', newToolKey)).toEqual({ value: kept.value, made: false });
    expect(statSync(join(folder, 'data/lti-key')).mode & 0o777).toBe(0o600);
    data.release();

    const key = await toolKeyOf(kept.value);
    const { payload, protectedHeader } = await jwtVerify(
      await key.sign({ sub: 'me' }),
      createLocalJWKSet(key.keySet as Parameters<typeof createLocalJWKSet>[0]),
    );
    expect([payload.sub, protectedHeader.alg, protectedHeader.kid]).toEqual(['me', 'RS256', key.keySet.keys[0]?.kid]);
  });

  it('shows nothing of its private half', async () => {
    const { keySet } = await toolKeyOf(newToolKey());
    expect(keySet.keys.map((jwk) => Object.keys(jwk).toSorted())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use']]);
  });
});

describe('a login', () => {
  const platform = (clientId: string): Platform => ({ ...moodle, clientId, instructors: false });
  const asked = { iss: moodle.issuer, login_hint: '1', target_link_uri: 'https://clinic.example/lti/launch' };

  it('may leave out the client id where the issuer has only one', () => {
    expect(platformOf([platform('a')], asked).clientId).toBe('a');
    expect(platformOf([platform('a'), platform('b')], { ...asked, client_id: 'b' }).clientId).toBe('b');
    expect(() => platformOf([platform('a'), platform('b')], asked)).toThrow('several client ids');
  });
});

describe('a score', () => {
  const at = new Date('2026-03-02T10:00:00.123Z');

  it('says how far the learner is, and that it counts as it is', () => {
    expect(scoreOf('a6d5c443', 2, 5, at)).toEqual({
      timestamp: '2026-03-02T10:00:00.123Z',
      scoreGiven: 2,
      scoreMaximum: 5,
      activityProgress: 'InProgress',
      gradingProgress: 'FullyGraded',
      userId: 'a6d5c443',
    });
    expect(scoreOf('a6d5c443', 5, 5, at).activityProgress).toBe('Completed');
  });

  it.each([
    ['https://s.example/lineitems/1/lineitem', 'https://s.example/lineitems/1/lineitem/scores'],
    ['https://s.example/lineitems/1/lineitem?type_id=7', 'https://s.example/lineitems/1/lineitem/scores?type_id=7'],
    ['https://s.example/api/lti/courses/4/line_items/9/', 'https://s.example/api/lti/courses/4/line_items/9/scores'],
  ])('of %s goes to %s', (lineItem, address) => expect(scoresAddress(lineItem)).toBe(address));
});
