/** A plain page with one thing to say, for a browser that was sent here and has no page of the course open. */

/** @param html the text, its markup already made safe. */
export const noticePage = (html: string): string => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>Redis Clinic</title><body style="font:1rem/1.5 system-ui;max-width:34rem;margin:4rem auto;padding:0 1rem">
<p>${html}</p></body></html>`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
