/** What is shown from the moment somebody is in. One file, fetched at the first sign that they are about to come: see `Room.svelte`. */
export { default as AfterCall } from './AfterCall.svelte';
export { default as InCall } from './InCall.svelte';
