/** The time of day to the second, from 00:00:00 to 23:59:59: a failover is a matter of seconds. */
export const clock = (at: string): string => new Date(at).toLocaleTimeString([], { hourCycle: 'h23' });
