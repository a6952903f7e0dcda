/** Which scores are handed over, over the real records. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StepProgress, StepState } from '#shared/wire.ts';
import { gradebookName, type ScoreParcel } from '../../lti/gradebook.ts';
import type { Platform } from '../../lti/platforms.ts';
import { ltiRecords, type LtiRecords } from '../../lti/records.ts';
import { openDatabase, type Database } from '../../progress/database.ts';
import { learners } from '../../progress/learners.ts';
import { grading } from './grading.ts';

const platform: Platform = {
  issuer: 'https://school.example',
  clientId: 'clinic',
  deploymentIds: ['1'],
  authorizationEndpoint: 'https://school.example/auth',
  tokenEndpoint: 'https://school.example/token',
  jwksUrl: 'https://school.example/keys',
  instructors: false,
};
const all = ['one/a', 'one/b', 'two/a'];

let folder: string;
let database: Database;
let lti: LtiRecords;
let learner: string;
let states: Record<string, StepState>;
let steps: readonly string[];
let sent: { readonly channel: string; readonly body: ScoreParcel }[];
let grade: (learner: string) => void;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grading-test-'));
  database = openDatabase(folder);
  lti = ltiRecords(database);
  learner = learners(database).newLearner();
  [states, steps, sent] = [{}, all, []];
  grade = grading({
    platforms: [platform],
    lti,
    outbox: { put: ({ channel, body }) => void sent.push({ channel, body: body as ScoreParcel }) },
    progress: () => Object.entries(states).map(([step, state]) => ({ step, state }) as StepProgress),
    steps: (_learner, lesson) => steps.filter((step) => lesson === undefined || step.startsWith(`${lesson}/`)),
  });
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const follow = (lesson: string | undefined, more: { issuer?: string; lineItem?: string } = {}) =>
  lti.follow({
    learner,
    lineItem: 'https://school.example/1',
    issuer: platform.issuer,
    clientId: platform.clientId,
    subject: 's',
    lesson,
    ...more,
  });
const scores = () => sent.splice(0).map(({ body }) => [body.given, body.maximum]);

it('sends the steps met of a lesson, each change once, and nothing before the first', () => {
  follow('one');
  grade(learner);
  expect(scores()).toEqual([]);
  states = { 'one/a': 'done', 'one/b': 'at-work', 'two/a': 'done' };
  grade(learner);
  grade(learner);
  expect(sent[0]).toEqual({
    channel: gradebookName(platform),
    body: { lineItem: 'https://school.example/1', subject: 's', given: 1, maximum: 2 },
  });
  expect(scores()).toEqual([[1, 2]]);
  states['one/b'] = 'done';
  grade(learner);
  expect(scores()).toEqual([[2, 2]]);
});

it('counts every lesson of the learner where the link has none, and no skipped step', () => {
  follow(undefined);
  states = { 'one/a': 'done', 'one/b': 'skipped', 'two/a': 'done' };
  grade(learner);
  expect(scores()).toEqual([[2, 3]]);
});

it('sends again when a lesson has got more steps, and nothing for one that is gone', () => {
  follow('one');
  states = { 'one/a': 'done' };
  grade(learner);
  steps = [...all, 'one/c'];
  grade(learner);
  expect(scores()).toEqual([
    [1, 2],
    [1, 3],
  ]);
  steps = ['two/a'];
  grade(learner);
  expect(scores()).toEqual([]);
});

it('begins anew when the same column now means another lesson', () => {
  follow('one');
  states = { 'one/a': 'done', 'two/a': 'done' };
  grade(learner);
  follow('one');
  grade(learner);
  follow('two');
  grade(learner);
  expect(scores()).toEqual([
    [1, 2],
    [1, 1],
  ]);
});

it('fills each column of a learner, and none of a platform that is no longer known', () => {
  follow('one');
  follow('two', { lineItem: 'https://school.example/2' });
  follow('two', { lineItem: 'https://old.example/2', issuer: 'https://old.example' });
  states = { 'one/a': 'done', 'two/a': 'done' };
  grade(learner);
  expect(scores().toSorted()).toEqual([
    [1, 1],
    [1, 2],
  ]);
});
