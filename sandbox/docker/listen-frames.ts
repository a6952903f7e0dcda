/** The frames of /usr/local/lib/lab/listen: kind (1 byte), connection (32 bit), length (32 bit), payload. */
const kinds = { o: 'open', d: 'data', e: 'end' } as const;
const letters = { open: 'o', data: 'd', end: 'e' } as const;
type FrameKind = keyof typeof letters;
const headerLength = 9;

export function frameOf(kind: FrameKind, connection: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(headerLength);
  header.write(letters[kind]);
  header.writeUInt32BE(connection, 1);
  header.writeUInt32BE(payload.length, 5);
  return Buffer.concat([header, payload]);
}

/** A reader to be fed with chunks as they come. */
export function framesFrom(onFrame: (kind: FrameKind, connection: number, payload: Buffer) => void) {
  let pending: Buffer = Buffer.alloc(0);
  return (chunk: Buffer): void => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= headerLength) {
      const end = headerLength + pending.readUInt32BE(5);
      if (pending.length < end) return;
      const letter = String.fromCharCode(pending[0] ?? 0);
      if (letter in kinds) {
        onFrame(kinds[letter as keyof typeof kinds], pending.readUInt32BE(1), pending.subarray(headerLength, end));
      }
      pending = pending.subarray(end);
    }
  };
}
