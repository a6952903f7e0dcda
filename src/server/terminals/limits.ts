/** Figures of the terminals' flow, measured: more pending bytes make Ctrl-C slow, fewer make bulk output slow. */
export const limits = {
  /** Bytes sent to a page and not yet parsed by it, above which the shell's output is paused. */
  high: 384 * 1024,
  /** … and below which it goes on. A page acknowledges in steps well under this. */
  low: 128 * 1024,
  /** Output is sent at once when this much is waiting. */
  batch: 32 * 1024,
  /** Milliseconds that output waits for more, unless it follows a quiet time or a keystroke. */
  gather: 4,
  /** After Ctrl-C with a backlog: the backlog counts as drained when nothing came for so many milliseconds … */
  quiet: 25,
  /** … or when draining has taken so long. */
  drain: 1_000,
  /** Bytes at the end of a backlog that are shown; more than the scrollback of ordinary lines. */
  stale: 128 * 1024,
  /** Lines above the screen that a page gets when it comes. */
  scrollback: 1_000,
  /** Messages typed while a shell is being started that are kept for it; one is a key or a paste. */
  early: 64,
  /** Bytes in one message from a page. */
  message: 64 * 1024,
} as const;
