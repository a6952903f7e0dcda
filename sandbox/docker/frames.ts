/** Frames of many streams over one: kind (1 byte, a letter), number of the stream (32 bit), length (32 bit), payload. */
const headerLength = 9;

export function frameOf(kind: string, number: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(headerLength);
  header.write(kind);
  header.writeUInt32BE(number, 1);
  header.writeUInt32BE(payload.length, 5);
  return Buffer.concat([header, payload]);
}

/** A reader to be fed with chunks as they come. */
export function framesFrom(onFrame: (kind: string, number: number, payload: Buffer) => void) {
  let pending: Buffer = Buffer.alloc(0);
  return (chunk: Buffer): void => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    while (pending.length >= headerLength) {
      const end = headerLength + pending.readUInt32BE(5);
      if (pending.length < end) return;
      onFrame(String.fromCharCode(pending[0] ?? 0), pending.readUInt32BE(1), pending.subarray(headerLength, end));
      pending = pending.subarray(end);
    }
  };
}
