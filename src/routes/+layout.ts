// Pages hold nothing that is a person's own before they run in a browser, so they are made once, while building. The service
// worker keeps them as they are (`src/service-worker`).
export const prerender = true;
