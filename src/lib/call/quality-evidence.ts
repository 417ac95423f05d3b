/** What reads and judges statistics. One file, fetched when the call is there: nobody needs it to come in. */
export { remember } from './quality-detectors';
export { ratesBetween } from './rates';
export { readSample } from './stats';
