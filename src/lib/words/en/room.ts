/** What a room says, from its lobby to its end, as long as nothing goes wrong. */
export default {
	unread: '{count, plural, other {# unread}}',
} as const;
