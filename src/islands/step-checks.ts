/** A step's definition of done: criteria that turn green by themselves, the check button, questions, solution, skip. */
import type { FindingView, StepProgress, StepState, VerdictView } from '#shared/wire.ts';
import { api, troubleText } from './api.ts';
import { ask } from './ask.ts';
import { showFinding } from './criterion-item.ts';
import { element } from './element.ts';
import { live, onLive } from './live.ts';
import { Answers } from './quiz-field.ts';
import { stepAtHand } from './step-at-hand.ts';
import { showSolution } from './step-solution.ts';

const stateWords: Readonly<Record<StepState, string>> = {
  open: '',
  'at-work': 'At work',
  done: 'Done',
  skipped: 'Skipped',
};

class StepChecks extends HTMLElement {
  readonly #id = this.dataset.step ?? '';
  readonly #check = this.#button('check');
  readonly #answers = new Answers(this, this.#id);
  /** The last verdict shown: an older one that arrives late changes nothing. */
  #shownAt = '';
  /** How many criteria were met at the last check, and whether the learner asked for the next. */
  #met: number | undefined;
  #asked = false;

  connectedCallback(): void {
    this.#check?.addEventListener('click', () => void this.check());
    this.#button('solution')?.addEventListener('click', () => void this.#solution());
    this.#button('skip')?.addEventListener('click', () => void this.#skip());
    this.#showProgress(live.current.progress.get(this.#id));
    onLive(['hello'], () => this.#comeBack());
    onLive(['progress'], ({ progress }) => progress.step === this.#id && this.#showProgress(progress));
    onLive(['verdict'], ({ verdict }) => verdict.step === this.#id && this.#showVerdict(verdict));
    onLive(['checking'], ({ step, say }) => step === this.#id && this.#showRunning(say));
    onLive(['lab', 'hello'], () => this.#showLab());
    this.#showLab();
  }

  /** Asks for a check with its drills. */
  async check(): Promise<void> {
    if (this.#check?.disabled) return;
    this.#asked = true;
    this.#showRunning();
    await this.#answers.settle();
    try {
      this.#showVerdict(await api<VerdictView>('POST', `/api/steps/${this.#id}/check`, { repeatable: true }));
    } catch (trouble) {
      this.#rest();
      this.#say(troubleText(trouble), 'trouble');
      this.#asked = false;
    }
  }

  async #solution(): Promise<void> {
    try {
      const { script } = await api<{ script: string }>('POST', `/api/steps/${this.#id}/solution`, { repeatable: true });
      showSolution(this, script);
    } catch (trouble) {
      this.#say(troubleText(trouble), 'trouble');
    }
  }

  async #skip(): Promise<void> {
    const agreed = await ask({
      title: 'Skip this step?',
      text: 'Its solution runs in your terminals, where you can watch it, and the step counts as skipped. You can come back and do it yourself at any time.',
      action: 'Run the solution',
    });
    if (!agreed) return;
    document.dispatchEvent(new CustomEvent('clinic:watch'));
    this.#say('The solution runs in your terminals …', 'running');
    try {
      await api('POST', `/api/steps/${this.#id}/skip`);
    } catch (trouble) {
      this.#say(troubleText(trouble), 'trouble');
    }
  }

  /** The connection is there, or there again: the verdict of a check that ran meanwhile may have been missed. */
  #comeBack(): void {
    if (!this.#asked && this.getAttribute('aria-busy') === 'true') {
      this.#rest();
      this.#say('', 'idle');
    }
    this.#showProgress(live.current.progress.get(this.#id));
  }

  #showProgress(progress: StepProgress | undefined): void {
    const state = progress?.state ?? 'open';
    this.closest<HTMLElement>('.step')?.setAttribute('data-progress', state);
    const badge = this.closest('.step')?.querySelector('[data-step-state]');
    if (badge) badge.textContent = stateWords[state];
    this.#answers.show(progress?.answers ?? {});
    if (progress?.verdict) this.#showVerdict(progress.verdict, true);
  }

  #showVerdict(verdict: VerdictView, silently = false): void {
    this.#rest();
    if (verdict.at < this.#shownAt) return;
    this.#shownAt = verdict.at;
    if (verdict.state === 'failed') return this.#say(verdict.trouble ?? 'The check could not be done.', 'trouble');
    const findings = new Map(verdict.findings.map((finding) => [finding.criterion, finding]));
    for (const item of this.querySelectorAll<HTMLElement>('[data-criterion]')) {
      showFinding(item, findings.get(item.dataset.criterion ?? ''));
    }
    const count = (wanted: FindingView['state']) => verdict.findings.filter(({ state }) => state === wanted).length;
    const metCount = count('met');
    const left = count('unverifiable');
    const news = this.#asked || metCount !== this.#met;
    this.#met = metCount;
    if (silently) return;
    this.#asked = false;
    const besides = left > 0 ? `, ${left} cannot be verified here` : '';
    const summary = `${metCount} of ${verdict.findings.length} met${besides}, ${(verdict.milliseconds / 1000).toFixed(1)} s`;
    const words = verdict.state === 'met' ? `This step is done: ${summary}.` : `Checked: ${summary}.`;
    this.#say(words, verdict.state, news);
  }

  #showRunning(say = 'Looking at your lab …'): void {
    this.setAttribute('aria-busy', 'true');
    this.#say(say, 'running');
  }

  #rest(): void {
    this.removeAttribute('aria-busy');
  }

  /** Without a lab there is nothing to check. */
  #showLab(): void {
    const ready = live.current.lab?.state === 'ready';
    if (this.#check) this.#check.disabled = !ready;
    this.toggleAttribute('data-no-lab', !ready);
  }

  /** Read out only when it is news: a check runs after every command, and mostly nothing has changed. */
  #say(
    text: string,
    kind: 'idle' | 'running' | 'trouble' | 'met' | 'unmet',
    news = kind === 'trouble' || this.#asked,
  ): void {
    const place = this.querySelector<HTMLElement>('[data-say]');
    const aloud = this.querySelector('[data-aloud]');
    if (!place || !aloud) return;
    place.dataset.say = kind;
    place.replaceChildren(...(text ? [element('span', {}, text)] : []));
    if (news) aloud.textContent = text;
  }

  #button(name: string): HTMLButtonElement | null {
    return this.querySelector<HTMLButtonElement>(`button[data-${name}]`);
  }
}

customElements.define('step-checks', StepChecks);

/** Ctrl+Enter checks the step at hand, also while a terminal has the focus. */
document.addEventListener(
  'keydown',
  (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const step = stepAtHand();
    if (!(step instanceof StepChecks)) return;
    event.preventDefault();
    event.stopPropagation();
    void step.check();
  },
  { capture: true },
);
