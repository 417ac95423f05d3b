/** The panel that says what is proven of a call, and its words to compare. */
import { expect, type Locator } from '@playwright/test';
import type { Person } from './person';

export async function openSecurity(person: Person): Promise<Locator> {
	await person.control('More options').click();
	await person.page.getByRole('menuitem', { name: 'Security' }).click();
	const dialog = person.page.getByRole('dialog', { name: 'Security' });
	await expect(dialog).toBeVisible();
	return dialog;
}

/** Four, once they are worked out. */
export function safetyWordsOf(person: Person, other: string): Locator {
	const list = person.page.getByRole('list', { name: 'Safety words' });
	return list.getByRole('listitem').filter({ hasText: other }).locator('.words');
}
