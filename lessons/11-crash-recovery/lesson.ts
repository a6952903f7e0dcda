/** Project step 6: a replicating trio that keeps snapshots only, until the learner has switched the AOF on everywhere. */
import { crash } from '#checkers/crash-recovery.ts';
import { defineLesson } from '#checking/lesson.ts';
import { prepareTrio } from '#lessons/trio.ts';

export default defineLesson({
  slug: 'crash-recovery',
  topology: 'trio',
  steps: [
    {
      checker: crash,
      minutes: 15,
      questions: [
        {
          id: 'clean-stop',
          asks: 'Why is systemctl stop redis no test of what a crash would leave?',
          choices: [
            { value: 'too-slow', text: 'Because it takes longer than a crash' },
            { value: 'saves', text: 'Because Redis is asked to end, and saves what it has before it goes' },
            { value: 'replicas', text: 'Because the replicas are stopped with it' },
          ],
        },
        {
          id: 'empty-master',
          asks: 'The master crashes and starts again without its data, as the master. What do its replicas have a minute later?',
          choices: [
            { value: 'replicas-keep', text: 'All the data: they are its copies' },
            { value: 'replicas-empty', text: 'Nothing: they copy the empty master' },
            { value: 'promoted', text: 'All the data: one of them has become master' },
          ],
        },
      ],
    },
  ],
  prepare: (tools) => prepareTrio(tools),
});
