import { describe, expect, it } from 'vitest';
import type { FindingView, StepProgress } from '#shared/wire.ts';
import { attempted, completed, passed, skipped, type Scene } from './statements.ts';

const scene: Scene = {
  origin: 'https://clinic.example.org',
  learner: '8e1f0c',
  name: undefined,
  lesson: { slug: 'quiz', title: 'A quiz' },
  at: new Date('2026-03-02T10:00:00Z'),
};
const progress: StepProgress = {
  step: 'quiz/answer',
  state: 'done',
  begunAt: '2026-03-02T09:58:00.000Z',
  at: '2026-03-02T09:59:30.500Z',
  solutionSeen: false,
  answers: {},
};
const finding = (state: FindingView['state']): FindingView => ({
  criterion: 'c',
  asks: 'a',
  state,
  seen: 's',
  drill: false,
});

describe('a statement', () => {
  it('of a step passed has actor, verb, object, result and context as xAPI has them', () => {
    expect(passed(scene, progress)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      actor: { objectType: 'Agent', account: { homePage: 'https://clinic.example.org', name: '8e1f0c' } },
      verb: { id: 'http://adlnet.gov/expapi/verbs/passed', display: { en: 'passed' } },
      object: {
        objectType: 'Activity',
        id: 'https://clinic.example.org/lessons/quiz/#answer',
        definition: { type: 'http://adlnet.gov/expapi/activities/performance', name: { en: 'A quiz: answer' } },
      },
      result: { success: true, completion: true, duration: 'PT90.50S' },
      context: {
        platform: 'Redis Clinic',
        language: 'en',
        contextActivities: {
          parent: [
            {
              objectType: 'Activity',
              id: 'https://clinic.example.org/lessons/quiz/',
              definition: { type: 'http://adlnet.gov/expapi/activities/lesson', name: { en: 'A quiz' } },
            },
          ],
          grouping: [
            {
              objectType: 'Activity',
              id: 'https://clinic.example.org/',
              definition: { type: 'http://adlnet.gov/expapi/activities/course', name: { en: 'Redis Clinic' } },
            },
          ],
        },
      },
      timestamp: '2026-03-02T10:00:00.000Z',
    });
  });

  it('of an attempt has the criteria met as its score', () => {
    const findings = [finding('met'), finding('unmet'), finding('waiting')];
    const verdict = { step: 'quiz/answer', at: '', state: 'unmet' as const, findings, milliseconds: 1 };
    const said = attempted(scene, verdict);
    expect(said.verb.id).toBe('http://adlnet.gov/expapi/verbs/attempted');
    expect(said.result).toEqual({
      success: false,
      completion: false,
      score: { scaled: 0.33, raw: 1, min: 0, max: 3 },
    });
    expect(attempted(scene, { ...verdict, findings: [] }).result).toEqual({ success: false, completion: false });
  });

  it('of a skip is neither success nor completion', () => {
    const said = skipped(scene, { ...progress, state: 'skipped' });
    expect(said.verb).toEqual({ id: 'http://id.tincanapi.com/verb/skipped', display: { en: 'skipped' } });
    expect(said.result).toEqual({ completion: false, duration: 'PT90.50S' });
  });

  it('of a lesson completed is about the lesson', () => {
    const said = completed(scene);
    expect(said.verb.id).toBe('http://adlnet.gov/expapi/verbs/completed');
    expect(said.object.id).toBe('https://clinic.example.org/lessons/quiz/');
    expect(said.context.contextActivities.parent[0]?.id).toBe('https://clinic.example.org/');
  });

  it('names the learner only where a name is given', () => {
    expect(passed(scene, progress).actor).not.toHaveProperty('name');
    expect(passed({ ...scene, name: 'Ada' }, progress).actor).toHaveProperty('name', 'Ada');
  });
});
