/** The shortcut "New call" of the installed app. It has no page of its own and only leads to a new room. */
import { redirect } from '@sveltejs/kit';
import { newCallPath } from '../new-call';
import type { PageLoad } from './$types';

// The room's name and secret are generated in the browser.
export const ssr = false;

export const load: PageLoad = () => redirect(307, newCallPath());
