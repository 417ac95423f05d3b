/** What is shown once somebody has joined. One file, fetched at the first sign that they are about to: see `Room.svelte`. */
export { default as AfterCall } from './AfterCall.svelte';
export { default as InCall } from './InCall.svelte';
