import { proveLesson } from '../../src/authoring/proof.ts';

await proveLesson(import.meta.url);
