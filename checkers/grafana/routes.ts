/** To which contact points Grafana's notification policies lead an alert. */
import { z } from 'zod';

export interface Policy {
  readonly receiver?: string | undefined;
  readonly object_matchers?: readonly (readonly string[])[] | undefined;
  readonly continue?: boolean | undefined;
  readonly routes?: readonly Policy[] | undefined;
}

export const policy: z.ZodType<Policy> = z.object({
  receiver: z.string().optional(),
  object_matchers: z.array(z.array(z.string())).optional(),
  continue: z.boolean().optional(),
  get routes() {
    return z.array(policy).optional();
  },
});

/** Names of contact points, as in Alertmanager: the first branch that matches takes it, unless it says continue. */
export function receiversOf(root: Policy, labels: Readonly<Record<string, string>>): readonly string[] {
  const found: string[] = [];
  for (const branch of root.routes ?? []) {
    if (!(branch.object_matchers ?? []).every((matcher) => matches(matcher, labels))) continue;
    // A branch without a contact point of its own hands on to that of the policy above.
    found.push(...receiversOf({ ...branch, receiver: branch.receiver ?? root.receiver }, labels));
    if (!branch.continue) break;
  }
  return found.length > 0 || !root.receiver ? found : [root.receiver];
}

function matches(
  [name = '', operator, value = '']: readonly string[],
  labels: Readonly<Record<string, string>>,
): boolean {
  const label = labels[name] ?? '';
  if (operator === '=') return label === value;
  if (operator === '!=') return label !== value;
  const whole = new RegExp(`^(?:${value})$`).test(label);
  return operator === '=~' ? whole : !whole;
}
