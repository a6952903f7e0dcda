/** Launches by a course system that runs in the test: who comes in as whom. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { membership } from '../../lti/testing/platform.ts';
import { Browser } from '../testing/browser.ts';
import { claim, openSchool, type School } from './testing/school.ts';

let school: School;
beforeAll(async () => void (school = await openSchool()));
afterAll(() => school.close());

describe('a launch', () => {
  it('opens the lesson of the link, as the same learner every time and in every browser', async () => {
    const first = school.person();
    const answer = await first.launch();
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/lessons/quiz/']);
    const again = school.person();
    await again.launch();
    expect(await again.learner()).toBe(await first.learner());
    const another = school.person();
    await another.launch({ sub: 'somebody-else' });
    expect(await another.learner()).not.toBe(await first.learner());
  });

  it('of the same id at another platform is somebody else', async () => {
    const [here, there] = [school.person(), school.person(school.trusted)];
    await here.launch();
    await there.launch();
    expect(await there.learner()).not.toBe(await here.learner());
  });

  it('takes the lesson from the link’s address where it has no parameters, and opens the course without', async () => {
    const target = `${school.launchAddress}?lesson=other`;
    const answer = await school
      .person()
      .launch({ [`${claim}/custom`]: undefined, [`${claim}/target_link_uri`]: target });
    expect(answer.headers.get('location')).toBe('/lessons/other/');
    const bare = await school.person().launch({ [`${claim}/custom`]: null });
    expect(bare.headers.get('location')).toBe('/');
  });

  it('joins the workshop of the link under the person’s name, once', async () => {
    const { code, id } = await school.newWorkshop();
    const person = school.person();
    const custom = { [`${claim}/custom`]: { workshop: code.toLowerCase() }, sub: 'joins' };
    expect((await person.launch(custom)).headers.get('location')).toBe('/lessons/quiz/');
    await person.launch(custom);
    expect(await person.get('/api/membership')).toMatchObject({
      name: 'Ms Jane Marie Doe',
      workshop: { id, members: 1 },
    });
  });

  it('into a second workshop is another learner, and goes back to the first one as before', async () => {
    const [one, two] = [await school.newWorkshop(), await school.newWorkshop()];
    const person = school.person();
    const into = async (code: string) => {
      await person.launch({ [`${claim}/custom`]: { workshop: code }, sub: 'in-two' });
      return person.learner();
    };
    const first = await into(one.code);
    expect(await into(two.code)).not.toBe(first);
    expect(await into(one.code)).toBe(first);
  });

  it('into a workshop that is full, over or not there is refused; a member still goes on when it is over', async () => {
    const { code, change } = await school.newWorkshop({ seats: 1 });
    const into = (sub: string, to = code) => school.person().launch({ sub, [`${claim}/custom`]: { workshop: to } });
    expect((await into('early')).status).toBe(303);
    const full = await into('late');
    expect([full.status, await full.text()]).toEqual([409, expect.stringContaining('All 1 seats')]);
    await change({ endsAt: new Date(Date.now() - 1000).toISOString(), seats: 9 });
    expect((await into('late')).status).toBe(410);
    expect((await into('early')).status).toBe(303);
    expect((await into('late', 'ZZZZZZZZ')).status).toBe(404);
  });

  it('of a lesson that is not there says which there are', async () => {
    const answer = await school.person().launch({ [`${claim}/custom`]: { lesson: 'nonsense' } });
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('There are: quiz, other')]);
  });

  it('of a person whose name is kept back joins under a part of their id', async () => {
    const { code } = await school.newWorkshop();
    const person = school.person();
    const custom = { [`${claim}/custom`]: { workshop: code } };
    await person.launch({ ...custom, sub: 'id-77', name: undefined, given_name: undefined, family_name: undefined });
    expect(await person.get('/api/membership')).toMatchObject({ name: 'Learner d-77' });
  });

  it('takes away what the browser was before', async () => {
    const person = school.person();
    await person.launch({ sub: 'before' });
    const before = person.session;
    await person.launch({ sub: 'after' });
    const old = new Browser(school.clinic.address);
    old.cookie = before;
    const { learner } = (await old.ask('GET', '/api/me')).json as { learner: string };
    expect(learner).not.toBe(await person.learner());
  });
});

describe('an instructor', () => {
  const teaches = { [`${claim}/roles`]: [`${membership}#Instructor`], sub: 'teacher', name: 'Kim' };

  it('of a trusted platform opens the board, and takes no seat', async () => {
    const { code, id } = await school.newWorkshop();
    const kim = school.person(school.trusted);
    const answer = await kim.launch({ ...teaches, [`${claim}/custom`]: { workshop: code } });
    expect(answer.headers.get('location')).toBe(`/instructor/board/?workshop=${id}`);
    expect(await kim.get('/api/instructor')).toMatchObject({ name: 'Kim' });
    expect(await kim.get(`/api/workshops/${id}`)).toMatchObject({ members: 0 });
  });

  it('of a platform that is not trusted with it is a learner', async () => {
    const kim = school.person();
    expect((await kim.launch(teaches)).headers.get('location')).toBe('/lessons/quiz/');
    expect(await kim.get('/api/instructor')).toMatchObject({ name: null });
  });

  it('elsewhere in the school is a learner in this course', async () => {
    const roles = ['http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor', `${membership}#Learner`];
    const person = school.person(school.trusted);
    await person.launch({ ...teaches, [`${claim}/roles`]: roles });
    expect(await person.get('/api/instructor')).toMatchObject({ name: null });
  });

  it('is no instructor any more when a learner is launched in the same browser', async () => {
    const browser = school.person(school.trusted);
    await browser.launch(teaches);
    await browser.launch({ sub: 'a-learner' });
    expect(await browser.get('/api/instructor')).toMatchObject({ name: null });
  });
});
