/**
 * Somebody inside who does to the chat whatever can be done from there: forges, replays, withholds, floods, lies about what
 * they hold, counts far ahead, makes authors up, and says different things to different people.
 */
import { counterLies, forgedSignature, messageFrom, signMessage, type Draft } from './chat-messages';
import type { ChatWorld, Member, Person } from './chat-world';
import type { ChatMessage } from '../../src/lib/protocol/peer/chat';
import { parsePeerMessage } from '../../src/lib/protocol/peer/peer-message';
import type { FakeIdentity } from './fake-identity';

interface Author {
	identity: FakeIdentity;
	messages: ChatMessage[];
}

export const attacks = [
	'write',
	'write to one',
	'leap',
	'fork',
	'invent',
	'introduce',
	'forge',
	'replay',
	'bend',
	'lie',
	'accuse',
	'garbage',
	'flood',
] as const;
export type Attack = (typeof attacks)[number];

export function createHostile(world: ChatWorld, id: string) {
	const { random } = world;
	/** All that came by, to be used again. */
	const seen: ChatMessage[] = [];
	let member: Member = load();
	let own: Author = { identity: member.identity, messages: [] };
	let invented: Author[] = [];
	let inventions = 0;

	function load(): Member {
		return world.loadHostile(id, (_from, text) => {
			const message = parsePeerMessage(text);
			if (message?.type === 'chat-messages') seen.push(...message.messages);
			if (seen.length > 200) seen.splice(0, seen.length - 200);
		});
	}

	const victims = (): Person[] => world.people;
	const tell = (to: Member, message: object) => world.say(member, to.end, JSON.stringify(message));
	const tellAll = (message: object) => victims().forEach((to) => tell(to, message));
	const messages = (...list: (ChatMessage | undefined)[]) => ({
		type: 'chat-messages',
		messages: list.filter((each) => each !== undefined),
	});

	async function next(author: Author, change: Draft = {}): Promise<ChatMessage> {
		const last = author.messages.at(-1);
		const message = await signMessage(author.identity, {
			sequence: (last?.sequence ?? 0) + 1,
			order: (last?.order ?? 0) + 1 + random.below(3),
			// Calls themselves what others do.
			author: random.pick(['person-ann', id]),
			authorName: random.pick(['Name of person-ann', 'You', 'Mallory']),
			...change,
		});
		author.messages.push(message);
		return message;
	}

	function anyAuthor(): Author {
		return invented.length > 0 && random.chance(0.4) ? random.pick(invented) : own;
	}

	async function attack(what: Attack): Promise<void> {
		const someone = random.pick(victims());
		switch (what) {
			case 'write':
				return tellAll(messages(await next(anyAuthor())));
			case 'write to one':
				return tell(someone, messages(await next(anyAuthor())));
			case 'leap':
				return tellAll(messages(await next(anyAuthor(), { order: random.pick(counterLies) })));
			case 'fork': {
				const author = anyAuthor();
				const one = random.chance(0.5)
					? await next(author)
					: (author.messages.at(-1) ?? (await next(author)));
				const other = await signMessage(author.identity, { ...one, text: `otherwise ${random.below(9)}` });
				victims().forEach((to, index) => tell(to, messages(...(index % 2 ? [one] : [other]))));
				if (random.chance(0.3)) tell(someone, { type: 'chat-fork', messages: [one, other] });
				return;
			}
			case 'invent': {
				const author: Author = {
					identity: world.crypto.identity(`invented ${inventions++} by ${id} in ${random.seed}`),
					messages: [],
				};
				invented = [...invented, author].slice(-20);
				for (let n = random.below(4); n > 0; n--) await next(author);
				const introduction = await next(own, {
					text: '',
					introduces: [[author.identity.incarnation, random.pick([0, 1, 3, 1_000])]],
				});
				if (random.chance(0.5)) tellAll(messages(introduction));
				else tell(someone, messages(introduction));
				return tell(random.pick(victims()), messages(...author.messages));
			}
			case 'introduce': {
				// Streams of those who are really there, or were, as far as suits.
				const names = [...world.written.keys()];
				const introduces = Array.from({ length: 3 }, (): [string, number] => [
					random.pick(names),
					random.below(4),
				]);
				return tellAll(messages(await next(own, { text: '', introduces })));
			}
			case 'forge': {
				const victim = random.pick(victims());
				const stream = random.pick([victim.end.incarnation, ...world.written.keys()]);
				const forged = {
					...messageFrom(victim.identity, { sequence: 1 + random.below(8), text: 'forged' }),
					stream,
					signature: random.pick([forgedSignature, ...seen.map(({ signature }) => signature)]),
				};
				return tellAll(messages(forged));
			}
			case 'replay': {
				const some = Array.from({ length: 5 }, () => random.pick(seen));
				return tell(someone, messages(...some));
			}
			case 'bend': {
				// A true signature under other words, another number or another author.
				const one = random.pick(seen);
				if (!one) return;
				const bent = random.pick([
					{ ...one, text: 'bent' },
					{ ...one, sequence: one.sequence + 1 },
					{ ...one, order: one.order + 1 },
					{ ...one, authorName: 'Mallory' },
					{ ...one, stream: own.identity.incarnation, key: own.identity.key },
					{ ...one, key: own.identity.key },
				]);
				return tell(someone, messages(bent));
			}
			case 'lie': {
				const names = [...world.written.keys(), own.identity.incarnation, 'constructor', '__proto__'];
				const streams = Array.from({ length: 4 }, () => [
					random.pick(names),
					random.pick([0, 0, 1, 2, 999]),
					random.pick(['', 'forked', 'AAAAAAAAAAAAAAAA']),
					random.pick([0, 1_000]),
				]);
				return tell(someone, {
					type: 'chat-have',
					streams: streams.filter(([name]) => String(name).length === 32 || random.chance(0.2)),
					reply: random.chance(0.5),
				});
			}
			case 'accuse': {
				// That somebody else has said two things: with a made-up one, or with one thing twice.
				const one = random.pick(seen);
				if (!one) return;
				const other = random.pick([one, { ...one, text: 'something else' }]);
				return tell(someone, { type: 'chat-fork', messages: [one, other] });
			}
			case 'garbage':
				return world.say(
					member,
					someone.end,
					random.pick(['', '{', '{"type":"chat-have","streams":[["__proto__",1,"",1]]}', 'null', '[[[[']),
				);
			case 'flood': {
				const many = [];
				for (let n = 0; n < 30; n++) many.push(await next(own, { text: `flood ${n}` }));
				for (const each of many) tell(someone, messages(each));
				for (let n = 0; n < 40; n++) tell(someone, { type: 'chat-have', streams: [], reply: false });
				return;
			}
		}
	}

	return {
		attack,
		/** Another page load, another key; what the earlier one signed can still be shown around. */
		reload() {
			seen.push(...own.messages.slice(-20));
			world.leave(member);
			member = load();
			own = { identity: member.identity, messages: [] };
		},
		get member() {
			return member;
		},
	};
}
