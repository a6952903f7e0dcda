/** Results as files: CSV and JSON of the class, one learner's paper, and erasing a learner. */
import { HttpProblem, type Route, type RouteRequest } from '../http/route.ts';
import { attemptsCsv, learnersCsv, ofWorkshop, paperOf, type MemberResults } from '../../workshops/results.ts';
import type { Member, Workshop } from '../../workshops/workshop.ts';
import type { Classroom } from './classroom.ts';
import { theirWorkshop, theMember, theWorkshop } from './finding.ts';
import type { WorkshopPorts } from './ports.ts';

export function takingHomeRoutes(
  ports: WorkshopPorts,
  classroom: Classroom,
  /** Erases a learner whole: lab, records, membership. */
  erase: (learner: string) => Promise<void>,
): readonly Route[] {
  const resultsOf = (workshop: Workshop, member: Member): MemberResults =>
    ofWorkshop(
      {
        member,
        progress: ports.records.progress(member.learner),
        attempts: ports.records.attempts(member.learner),
        happenings: ports.workshops.happenings(workshop.id, member.learner),
      },
      classroom.steps(workshop),
    );
  const ofClass = (workshop: Workshop) =>
    ports.workshops.members(workshop.id).map((member) => resultsOf(workshop, member));
  const download = (name: string, workshop: Workshop) => ({
    'content-disposition': `attachment; filename="${workshop.code}-${name}"`,
  });
  const asked = (request: RouteRequest) => theWorkshop(ports, request.params['workshop']);

  return [
    {
      method: 'GET',
      path: '/api/workshops/:workshop/results/:file',
      who: 'instructor',
      handle(request) {
        const workshop = asked(request);
        const file = request.params['file'] ?? '';
        const headers = download(file, workshop);
        const class_ = ofClass(workshop);
        if (file === 'learners.csv')
          return {
            text: learnersCsv(workshop, class_, classroom.steps(workshop)),
            contentType: 'text/csv; charset=utf-8',
            headers,
          };
        if (file === 'attempts.csv')
          return { text: attemptsCsv(workshop, class_), contentType: 'text/csv; charset=utf-8', headers };
        if (file === 'results.json') return { json: { workshop, learners: class_ }, headers };
        throw new HttpProblem(404, `There is no "${file}". There are learners.csv, attempts.csv and results.json.`);
      },
    },
    {
      method: 'GET',
      path: '/api/workshops/:workshop/papers',
      who: 'instructor',
      handle(request) {
        const workshop = asked(request);
        return { json: ofClass(workshop).map((one) => paperOf(workshop, one, classroom.steps(workshop))) };
      },
    },
    {
      method: 'DELETE',
      path: '/api/workshops/:workshop/learners/:learner',
      who: 'instructor',
      async handle(request) {
        const workshop = theirWorkshop(ports, request);
        const member = theMember(ports, workshop, request.params['learner']);
        await erase(member.learner);
        return { status: 204 };
      },
    },
  ];
}
