/** What one message, and one minute, may hold. */
export const largestMessage = 64 * 1024;
export const mostReceivers = 20;
/** Characters of a subject, a sender or the receivers that are kept. */
export const longestLine = 500;
export const messagesPerMinute = 120;
/** The records did not take it: the sender tries again later, as with any mail server. */
export const notKept = 'The inbox cannot keep messages at the moment. Try again.';
export const tooLarge = `The inbox takes messages of at most ${largestMessage / 1024} KiB.`;
