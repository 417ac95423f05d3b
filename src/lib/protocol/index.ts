export * from './errors';
export * from './limits';
export * from './member-state';
export * from './messages';
export * from './participant-name';
// Nobody needs to read what others say to come in: the rest of `peer/` waits (`call/messaging.ts`).
export * from './peer/receiver-constraints';
export * from './room-name';
export * from './same-data';
