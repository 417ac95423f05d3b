export * from './errors';
export * from './limits';
export * from './messages';
export * from './participant-name';
export * from './peer-messages';
export * from './room-name';
