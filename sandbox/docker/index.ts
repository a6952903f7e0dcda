/** The only room that names Docker. */
export { buildLabImage } from './build.ts';
export { connectEngine, enginePlaces, EngineRefuses } from './connect.ts';
export { dockerDriver } from './driver.ts';
export type { DockerDriverOptions } from './driver.ts';
export { imageFolder, labImage } from './image.ts';
export type { LabImage } from './image.ts';
export { ownerOf, sweepLeftovers } from './sweep.ts';
