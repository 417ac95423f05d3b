/** The shortcut "New call" of the installed app: no page of its own, only the way into a new room. */
import { redirect } from '@sveltejs/kit';
import { newCallPath } from '../new-call';
import type { PageLoad } from './$types';

// The room's name and secret are made in the browser.
export const ssr = false;

export const load: PageLoad = () => redirect(307, newCallPath());
