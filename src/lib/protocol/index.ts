export * from './errors';
export * from './limits';
export * from './member-state';
export * from './messages';
export * from './participant-name';
// Coming into a call needs no messages from the others, so the rest of `peer/` is loaded later (`call/messaging.ts`).
export * from './peer/receiver-constraints';
export * from './room-name';
export * from './same-data';
